package dev.penstock.core;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Writes and reads times, sooner than the JDK does: {@code 2026-11-27T11:58:26.123456789Z}. */
public final class Instants {

    /** Where the fraction begins, or the end. */
    private static final int POINT = "2026-11-27T11:58:26".length();

    private static final int MOST_DIGITS = 9;
    private static final long DAY_SECONDS = 86_400;

    /** 10000-01-01: from then on a year has more digits. */
    private static final long LAST_SECOND = 253_402_300_800L;

    private Instants() {}

    /**
     * What {@link Instant#parse} gives, for every text.
     *
     * @throws DateTimeParseException when it is no time
     */
    public static Instant of(String text) {
        if (!hasMarks(text)) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = nanos(text);
        // leap seconds and the ends of days are left to the JDK, too
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        try {
            long days = LocalDate.of(year, month, day).toEpochDay();
            return Instant.ofEpochSecond(days * DAY_SECONDS + hour * 3600L + minute * 60L + second, nanos);
        } catch (DateTimeException noDay) {
            return Instant.parse(text);
        }
    }

    /** What {@link Instant#toString} gives, for every time. */
    public static String text(Instant time) {
        long second = time.getEpochSecond();
        if (second < 0 || second >= LAST_SECOND) {
            return time.toString();
        }
        LocalDate day = LocalDate.ofEpochDay(second / DAY_SECONDS);
        int ofDay = (int) (second % DAY_SECONDS);
        int digits = digits(time.getNano());
        byte[] text = new byte[digits == 0 ? POINT + 1 : POINT + digits + 2];
        put(text, 0, 4, day.getYear());
        text[4] = '-';
        put(text, 5, 7, day.getMonthValue());
        text[7] = '-';
        put(text, 8, 10, day.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 13, ofDay / 3600);
        text[13] = ':';
        put(text, 14, 16, ofDay / 60 % 60);
        text[16] = ':';
        put(text, 17, 19, ofDay % 60);
        if (digits > 0) {
            text[POINT] = '.';
            int shown =
                    digits == 3 ? time.getNano() / 1_000_000 : digits == 6 ? time.getNano() / 1_000 : time.getNano();
            put(text, POINT + 1, POINT + 1 + digits, shown);
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Of a fraction, in groups of three, as the JDK has it. */
    private static int digits(int nanos) {
        if (nanos == 0) {
            return 0;
        }
        return nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : MOST_DIGITS;
    }

    private static void put(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int at = to - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static boolean hasMarks(String text) {
        return text.length() > POINT
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(text.length() - 1) == 'Z';
    }

    /** Of the fraction, if there is one; negative when it is none. */
    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end == POINT) {
            return 0;
        }
        int digits = end - POINT - 1;
        if (text.charAt(POINT) != '.' || digits == 0 || digits > MOST_DIGITS) {
            return -1;
        }
        int nanos = number(text, POINT + 1, end);
        for (int i = digits; i < MOST_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Negative when a character is no digit. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
