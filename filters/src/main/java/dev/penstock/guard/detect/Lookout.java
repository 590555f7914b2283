package dev.penstock.guard.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for any number of keywords, and for kinds of characters, in one pass. Case aside; a keyword has three characters or more.
 * Immutable, so thread-safe.
 */
public final class Lookout {

    private static final int BITS = 13;
    private static final int BUCKETS = 1 << BITS;
    private static final int SPREAD = 0x9E3779B1;

    private static final int CHARACTER = 0xFFFF;
    private static final int DIGIT = 1 << 16;
    private static final int AT = 1 << 17;
    private static final int COLON = 1 << 18;
    private static final int WIDE = 1 << 19;

    /** Each in lower case, with its kind. */
    private static final int[] ASCII = ascii();

    private final String[] keywords;
    private final int[][] buckets = new int[BUCKETS][];

    /** A bit for each bucket that has something: all of it is near, where {@link #buckets} is as large as the cache. */
    private final long[] filled = new long[BUCKETS / Long.SIZE];

    public Lookout(List<String> keywords) {
        this.keywords = keywords.stream().map(Lookout::folded).toArray(String[]::new);
        for (int i = 0; i < this.keywords.length; i++) {
            add(i);
        }
    }

    private void add(int keyword) {
        String word = keywords[keyword];
        if (word.length() < 3) {
            throw new IllegalArgumentException("a keyword of " + word.length() + " characters (expected: 3 or more)");
        }
        int bucket = bucket(word.charAt(0), word.charAt(1), word.charAt(2));
        int[] before = buckets[bucket] == null ? new int[0] : buckets[bucket];
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = keyword;
        buckets[bucket] = after;
        filled[bucket / Long.SIZE] |= 1L << bucket;
    }

    private static int[] ascii() {
        int[] all = new int[128];
        for (char c = 0; c < all.length; c++) {
            int kind = Chars.isDigit(c) ? DIGIT : c == '@' ? AT : c == ':' ? COLON : 0;
            all[c] = Chars.lower(c) | kind;
        }
        return all;
    }

    /** Character by character, so that nothing gets longer. */
    private static String folded(String keyword) {
        char[] all = keyword.toCharArray();
        for (int i = 0; i < all.length; i++) {
            all[i] = fold(all[i]);
        }
        return new String(all);
    }

    /** As {@link String#regionMatches(boolean, int, String, int, int)} compares, which looks at all of a keyword. */
    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int bucket(char first, char second, char third) {
        return bucket(first << 16 ^ second << 8 ^ third);
    }

    /** {@code last} has three characters in its lower three bytes; what is above them belongs to others. */
    private static int bucket(int last) {
        return ((last & 0xFFFFFF) * SPREAD) >>> 32 - BITS;
    }

    /** All detectors' keywords, one after the other. */
    public static Lookout of(List<? extends Detector> detectors) {
        List<String> all = new ArrayList<>();
        detectors.forEach(detector -> all.addAll(detector.keywords()));
        return new Lookout(all);
    }

    public Glance look(String text) {
        return keywords.length == 0 ? kinds(text) : all(text);
    }

    private static Glance kinds(String text) {
        int kinds = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int seen = c < ASCII.length ? ASCII[c] : WIDE;
            kinds |= seen;
            digits += (seen & DIGIT) / DIGIT;
        }
        return glance(Hits.NONE, 0, digits, kinds);
    }

    private static Glance glance(int[] hits, int count, int digits, int kinds) {
        return new Glance(hits, count, digits, (kinds & AT) != 0, (kinds & COLON) != 0, (kinds & WIDE) == 0);
    }

    private Glance all(String text) {
        Hits hits = null;
        int kinds = 0;
        int digits = 0;
        int last = 0;
        // without branches that depend on the text but for those that are seldom taken
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int seen = c < ASCII.length ? ASCII[c] : fold(c) | WIDE;
            kinds |= seen;
            digits += (seen & DIGIT) / DIGIT;
            last = last << 8 ^ seen & CHARACTER;
            int bucket = bucket(last);
            if ((filled[bucket / Long.SIZE] >>> bucket & 1) != 0 && i > 1) {
                hits = hits == null ? new Hits() : hits;
                check(text, i - 2, bucket, hits);
            }
        }
        return hits == null ? glance(Hits.NONE, 0, digits, kinds) : glance(hits.pairs, hits.count, digits, kinds);
    }

    private void check(String text, int position, int bucket, Hits hits) {
        for (int keyword : buckets[bucket]) {
            String word = keywords[keyword];
            if (text.regionMatches(true, position, word, 0, word.length())) {
                hits.add(position, keyword);
            }
        }
    }

    private static final class Hits {

        private static final int[] NONE = {};

        private int[] pairs = NONE;
        private int count;

        private void add(int position, int keyword) {
            pairs = count == pairs.length ? Arrays.copyOf(pairs, count * 2 + 8) : pairs;
            pairs[count++] = position;
            pairs[count++] = keyword;
        }
    }
}
