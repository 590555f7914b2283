package dev.penstock.journal.segment;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a payload begins with, read without a parser. */
record Links(String chain, long seq, String prev) {

    static final byte[] BEGIN = "{\"chain\":\"".getBytes(StandardCharsets.ISO_8859_1);

    private static final int LONGEST = 256;
    private static final Pattern LINKS = Pattern.compile(
            "\\{\"chain\":\"([A-Za-z0-9._-]{1,128})\",\"seq\":([1-9]\\d{0,17}),\"prev\":\"([0-9a-f]{64})\"[,}]");

    /** Empty when the payload was not written by a journal. */
    static Optional<Links> of(byte[] payload) {
        String begin = new String(payload, 0, Math.min(payload.length, LONGEST), StandardCharsets.ISO_8859_1);
        Matcher links = LINKS.matcher(begin);
        return links.lookingAt()
                ? Optional.of(new Links(links.group(1), Long.parseLong(links.group(2)), links.group(3)))
                : Optional.empty();
    }
}
