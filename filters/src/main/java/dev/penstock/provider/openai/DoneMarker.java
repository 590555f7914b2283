package dev.penstock.provider.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The payload {@code [DONE]}, also with space around it or words behind it. */
final class DoneMarker {

    private static final byte[] WORD = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private DoneMarker() {}

    static boolean is(byte[] data) {
        int from = 0;
        while (from < data.length && data[from] == ' ') {
            from++;
        }
        int to = from + WORD.length;
        return to <= data.length && Arrays.equals(data, from, to, WORD, 0, WORD.length);
    }
}
