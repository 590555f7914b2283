package dev.penstock.records.index;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What rows are looked for: a time, and words that any of some columns must hold.
 *
 * @param from milliseconds, inclusive
 * @param to milliseconds, inclusive: a time is cut to milliseconds
 */
public final class Wanted {

    private final long from;
    private final long to;
    private final Map<Column, Long> all = new EnumMap<>(Column.class);
    private final Map<Column, Long> any = new EnumMap<>(Column.class);
    private long text;

    public Wanted(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** Any time. */
    public static Wanted ever() {
        return new Wanted(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** An empty word takes any. */
    public Wanted service(String word) {
        return must(Column.SERVICE, word);
    }

    public Wanted type(String word) {
        return must(Column.TYPE, word);
    }

    public Wanted outcome(String word) {
        return must(Column.OUTCOME, word);
    }

    /** Of what was said as a whole, or of one of its texts. */
    public Wanted hmac(String word) {
        text = Words.hash(word);
        return this;
    }

    /** As asked for, or as it ran. */
    public Wanted model(String word) {
        return either(word, Column.ASKED, Column.RAN);
    }

    /** A call's own id, or a request's. */
    public Wanted call(String word) {
        return either(word, Column.CALL, Column.REQUEST);
    }

    private Wanted must(Column column, String word) {
        if (!word.isEmpty()) {
            all.put(column, Words.hash(word));
        }
        return this;
    }

    private Wanted either(String word, Column one, Column other) {
        if (!word.isEmpty()) {
            any.put(one, Words.hash(word));
            any.put(other, Words.hash(word));
        }
        return this;
    }

    boolean touches(long earliest, long latest) {
        return earliest <= to && latest >= from;
    }

    /** The rows that may be wanted. */
    boolean[] in(int rows, Values values) throws IOException {
        boolean[] found = new boolean[rows];
        long[] times = values.of(Column.TIME);
        for (int i = 0; i < rows; i++) {
            found[i] = times[i] >= from && times[i] <= to;
        }
        for (Map.Entry<Column, Long> word : all.entrySet()) {
            long[] column = values.of(word.getKey());
            long wanted = word.getValue();
            for (int i = 0; i < rows; i++) {
                found[i] &= column[i] == wanted;
            }
        }
        if (text != 0) {
            keep(found, texts(rows, values));
        }
        if (!any.isEmpty()) {
            boolean[] either = new boolean[rows];
            for (Map.Entry<Column, Long> word : any.entrySet()) {
                long[] column = values.of(word.getKey());
                long wanted = word.getValue();
                for (int i = 0; i < rows; i++) {
                    either[i] |= column[i] == wanted;
                }
            }
            keep(found, either);
        }
        return found;
    }

    private boolean[] texts(int rows, Values values) throws IOException {
        boolean[] holds = new boolean[rows];
        long[] wholes = values.of(Column.HMAC);
        for (int i = 0; i < rows; i++) {
            holds[i] = wholes[i] == text;
        }
        long[] texts = values.texts();
        for (int i = 0; i + 1 < texts.length; i += 2) {
            if (texts[i] == text) {
                holds[(int) texts[i + 1]] = true;
            }
        }
        return holds;
    }

    private static void keep(boolean[] found, boolean[] which) {
        for (int i = 0; i < found.length; i++) {
            found[i] &= which[i];
        }
    }
}
