package dev.penstock.journal.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a payload begins with, in the order that {@link Chain#links} writes, read without a parser. */
record Links(String chain, long seq, String prev) {

    static final byte[] BEGIN = ascii("{\"chain\":\"");

    private static final byte[] SEQ = ascii("\",\"seq\":");
    private static final byte[] PREV = ascii(",\"prev\":\"");
    private static final int LONGEST_CHAIN = 128;
    private static final int MOST_DIGITS = 18;
    private static final int HASH = 64;

    /** Characters of a chain's name, and of a hash. */
    private static final byte NAME = 1;

    private static final byte HEX = 2;
    private static final byte[] KINDS = kinds();

    /** Empty when the payload was not written by a journal. */
    static Optional<Links> of(byte[] payload) {
        if (!is(BEGIN, payload, 0)) {
            return Optional.empty();
        }
        int chain = BEGIN.length;
        int chainEnd = chain;
        while (chainEnd < payload.length && isName(payload[chainEnd])) {
            chainEnd++;
        }
        int seq = chainEnd + SEQ.length;
        if (chainEnd == chain || chainEnd - chain > LONGEST_CHAIN || !is(SEQ, payload, chainEnd)) {
            return Optional.empty();
        }
        int seqEnd = seq;
        while (seqEnd < payload.length && isDigit(payload[seqEnd])) {
            seqEnd++;
        }
        int prev = seqEnd + PREV.length;
        if (seqEnd == seq || payload[seq] == '0' || seqEnd - seq > MOST_DIGITS || !isHash(payload, seqEnd, prev)) {
            return Optional.empty();
        }
        return Optional.of(new Links(
                text(payload, chain, chainEnd), number(payload, seq, seqEnd), text(payload, prev, prev + HASH)));
    }

    private static boolean isHash(byte[] payload, int seqEnd, int from) {
        int end = from + HASH;
        if (!is(PREV, payload, seqEnd) || end + 1 >= payload.length || payload[end] != '"') {
            return false;
        }
        int all = HEX;
        for (int i = from; i < end; i++) {
            all &= KINDS[payload[i] & 0xFF];
        }
        if (all == 0) {
            return false;
        }
        return payload[end + 1] == ',' || payload[end + 1] == '}';
    }

    private static boolean is(byte[] expected, byte[] payload, int at) {
        int end = at + expected.length;
        return end <= payload.length && Arrays.equals(payload, at, end, expected, 0, expected.length);
    }

    private static boolean isName(byte character) {
        return (KINDS[character & 0xFF] & NAME) != 0;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (byte name : ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")) {
            kinds[name] = NAME;
        }
        for (byte hex : ascii("0123456789abcdef")) {
            kinds[hex] |= HEX;
        }
        return kinds;
    }

    private static long number(byte[] payload, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + payload[i] - '0';
        }
        return number;
    }

    private static String text(byte[] payload, int from, int to) {
        return new String(payload, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
