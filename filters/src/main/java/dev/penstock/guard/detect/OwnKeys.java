package dev.penstock.guard.detect;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Callers' keys ({@code psk_ID_…}) and administrators' tokens ({@code psa_ID_…}) of Penstock, by their check sum. */
final class OwnKeys {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int PREFIX = 4;
    private static final int LONGEST_ID = 32;
    private static final int SECRET = 43;
    private static final int SUM = 6;

    private OwnKeys() {}

    static int end(String text, int at) {
        int id = at + PREFIX;
        int dash = text.indexOf('_', id);
        int end = dash + 1 + SECRET + SUM;
        if (dash <= id || dash - id > LONGEST_ID || end > text.length()) {
            return -1;
        }
        for (int i = dash + 1; i < end; i++) {
            if (!Chars.isAlnum(text.charAt(i))) {
                return -1;
            }
        }
        return sum(text.substring(at, end - SUM)).equals(text.substring(end - SUM, end)) ? end : -1;
    }

    private static String sum(String head) {
        CRC32 crc = new CRC32();
        crc.update(head.getBytes(StandardCharsets.ISO_8859_1));
        char[] digits = new char[SUM];
        long left = crc.getValue();
        for (int i = SUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (left % DIGITS.length()));
            left /= DIGITS.length();
        }
        return new String(digits);
    }
}
