package dev.penstock.experiment.evidence;

import java.util.List;
import java.util.OptionalInt;

/** The scores of all arms of one experiment, and what they come to. Not thread-safe. */
public final class Evidence {

    /** The chance, over all looks and all pairs of arms together, that a winner is named where there is none. */
    public static final double RISK = 0.05;

    /** Below so many groups of callers with a score in each arm nothing is said. */
    public static final int LEAST_GROUPS = 30;

    private final List<Scores> arms;

    public Evidence(List<Scores> arms) {
        this.arms = List.copyOf(arms);
    }

    public Scores arm(int arm) {
        return arms.get(arm);
    }

    public long count() {
        return arms.stream().mapToLong(Scores::count).sum();
    }

    /** Whether enough callers were heard for a statement: variances of a few are worth nothing. */
    public boolean speaks() {
        return arms.stream().allMatch(arm -> arm.groups() >= LEAST_GROUPS);
    }

    /** {@code first} against {@code second}; the risk is shared out evenly over all pairs of arms. */
    public Comparison compare(int first, int second) {
        int pairs = arms.size() * (arms.size() - 1) / 2;
        return Comparison.of(arms.get(first), arms.get(second), RISK / pairs);
    }

    /** The arm that is better than every other, and not by chance. */
    public OptionalInt winner() {
        if (!speaks()) {
            return OptionalInt.empty();
        }
        int best = 0;
        for (int i = 1; i < arms.size(); i++) {
            best = arms.get(i).mean() > arms.get(best).mean() ? i : best;
        }
        for (int i = 0; i < arms.size(); i++) {
            if (i != best && !compare(best, i).better()) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(best);
    }
}
