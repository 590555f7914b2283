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
        Eye eye = new Eye(text);
        char before = 0;
        char first = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = Chars.lower(text.charAt(i));
            eye.see(c);
            int[] bucket = i < 2 ? null : buckets[bucket(first, before, c)];
            if (bucket != null) {
                eye.check(i - 2, bucket);
            }
            first = before;
            before = c;
        }
        return eye.glance();
    }

    private final class Eye {

        private final String text;
        private int[] hits = {};
        private int count;
        private int digits;
        private boolean at;
        private boolean colon;
        private int all;

        private Eye(String text) {
            this.text = text;
        }

        private void see(char c) {
            all |= c;
            if (c <= '@') {
                digits += c >= '0' && c <= '9' ? 1 : 0;
                at |= c == '@';
                colon |= c == ':';
            }
        }

        private void check(int position, int[] bucket) {
            for (int keyword : bucket) {
                String word = keywords[keyword];
                if (text.regionMatches(true, position, word, 0, word.length())) {
                    hits = count == hits.length ? Arrays.copyOf(hits, count * 2 + 8) : hits;
                    hits[count++] = position;
                    hits[count++] = keyword;
                }
            }
        }

        private Glance glance() {
            return new Glance(hits, count, digits, at, colon, all < 128);
        }
    }
}
