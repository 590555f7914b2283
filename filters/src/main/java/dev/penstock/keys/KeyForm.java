package dev.penstock.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of issued secrets: {@code PREFIX_ID_} + 43 random characters of base62 (256 bits) + 6 of base62 that are the CRC-32 of
 * all before them. A mistyped one is found without looking anything up; so is what a scanner has to look for. Thread-safe.
 */
public final class KeyForm {

    /** Of callers' keys. */
    public static final KeyForm CALLER = new KeyForm("psk");

    /** Of administrators' tokens. */
    public static final KeyForm ADMIN = new KeyForm("psa");

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Without those that are mistaken for each other. */
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int ID = 10;
    private static final int SECRET = 43;
    private static final int SUM = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix;
    private final Pattern pattern;

    private KeyForm(String prefix) {
        this.prefix = prefix;
        this.pattern = Pattern.compile(prefix + "_([a-z0-9]{1,32})_[0-9A-Za-z]{" + (SECRET + SUM) + "}");
    }

    /** A new id. */
    public String id() {
        return drawn(LETTERS, ID);
    }

    /** A new secret of this id. */
    public String secret(String id) {
        String head = prefix + "_" + id + "_" + drawn(DIGITS, SECRET);
        return head + sum(head);
    }

    /** The id in a text of this form whose sum is right. */
    public Optional<String> id(String text) {
        Matcher found = pattern.matcher(text);
        int end = text.length() - SUM;
        return found.matches() && sum(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(found.group(1))
                : Optional.empty();
    }

    private static String drawn(String from, int length) {
        StringBuilder drawn = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            drawn.append(from.charAt(RANDOM.nextInt(from.length())));
        }
        return drawn.toString();
    }

    private static String sum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[SUM];
        long left = crc.getValue();
        for (int i = SUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (left % DIGITS.length()));
            left /= DIGITS.length();
        }
        return new String(digits);
    }
}
