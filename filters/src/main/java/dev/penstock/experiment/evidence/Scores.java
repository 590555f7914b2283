package dev.penstock.experiment.evidence;

/**
 * The scores of one arm, summed by group of callers. A caller is always in the same group, so sums of two groups are
 * independent of each other even where the scores of one caller are not. Not thread-safe.
 */
public final class Scores {

    /** Into how many groups callers are put; a power of two. */
    public static final int GROUPS = 1024;

    /** Scores are kept in millionths, so that sums are exact and the same after every restart. */
    public static final long ONE = 1_000_000;

    private final int[] counts = new int[GROUPS];
    private final long[] sums = new long[GROUPS];
    private long count;
    private long sum;
    private int groups;

    /** {@code millionths} from 0 to {@link #ONE}. */
    public void add(int group, long millionths) {
        add(group, 1, millionths);
    }

    /** Several scores of one group, by their sum. */
    public void add(int group, int number, long millionths) {
        groups += counts[group] == 0 ? 1 : 0;
        counts[group] += number;
        sums[group] += millionths;
        count += number;
        sum += millionths;
    }

    public long count() {
        return count;
    }

    /** How many groups have a score. */
    public int groups() {
        return groups;
    }

    /** Told of a group that has a score. */
    @FunctionalInterface
    public interface Group {

        void has(int group, int number, long millionths);
    }

    public void eachGroup(Group told) {
        for (int group = 0; group < GROUPS; group++) {
            if (counts[group] > 0) {
                told.has(group, counts[group], sums[group]);
            }
        }
    }

    /** Between 0 and 1; 0 without any score. */
    public double mean() {
        return count == 0 ? 0 : (double) sum / ONE / count;
    }

    /**
     * The mean as statements use it: two scores that nobody gave, a 0 and a 1, stand beside the others (Agresti and Caffo,
     * "Simple and Effective Confidence Intervals for Proportions and Differences of Proportions", 2000), so that an arm whose few
     * scores are all alike does not look certain.
     */
    double cautiousMean() {
        return ((double) sum / ONE + 1) / (count + 2);
    }

    /**
     * The variance of that mean, as the groups' sums scatter (the linearised variance of a ratio, clusters being the groups).
     * The two invented scores are groups of their own.
     */
    double variance() {
        double scores = count + 2;
        double mean = cautiousMean();
        double squares = mean * mean + (1 - mean) * (1 - mean);
        for (int group = 0; group < GROUPS; group++) {
            if (counts[group] > 0) {
                double off = (double) sums[group] / ONE - mean * counts[group];
                squares += off * off;
            }
        }
        double clusters = groups + 2;
        return clusters / (clusters - 1) * squares / (scores * scores);
    }
}
