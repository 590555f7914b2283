package dev.penstock.guard.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Looks for any number of keywords, and for kinds of characters, in one pass. Case aside; a keyword has three characters or more.
 * Immutable, so thread-safe.
 */
public final class Lookout {

    private static final int BITS = 13;
    private static final int BUCKETS = 1 << BITS;
    private static final int SPREAD = 0x9E3779B1;

    private final String[] keywords;
    private final int[][] buckets = new int[BUCKETS][];

    /** A bit for each bucket that has something: all of it is near, where {@link #buckets} is as large as the cache. */
    private final long[] filled = new long[BUCKETS / Long.SIZE];

    public Lookout(List<String> keywords) {
        this.keywords = keywords.stream().map(it -> it.toLowerCase(Locale.ROOT)).toArray(String[]::new);
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

    private static int bucket(char first, char second, char third) {
        return ((first << 16 ^ second << 8 ^ third) * SPREAD) >>> 32 - BITS;
    }

    /** All detectors' keywords, one after the other. */
    public static Lookout of(List<? extends Detector> detectors) {
        List<String> all = new ArrayList<>();
        detectors.forEach(detector -> all.addAll(detector.keywords()));
        return new Lookout(all);
    }

    public Glance look(String text) {
        Hits hits = null;
        int digits = 0;
        boolean at = false;
        boolean colon = false;
        int all = 0;
        char before = 0;
        char first = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = Chars.lower(text.charAt(i));
            all |= c;
            if (c <= '@') {
                digits += c >= '0' && c <= '9' ? 1 : 0;
                at |= c == '@';
                colon |= c == ':';
            }
            int bucket = bucket(first, before, c);
            if ((filled[bucket / Long.SIZE] >>> bucket & 1) != 0 && i > 1) {
                hits = hits == null ? new Hits() : hits;
                check(text, i - 2, bucket, hits);
            }
            first = before;
            before = c;
        }
        int[] pairs = hits == null ? Hits.NONE : hits.pairs;
        return new Glance(pairs, hits == null ? 0 : hits.count, digits, at, colon, all < 128);
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
