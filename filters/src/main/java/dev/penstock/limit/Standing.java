package dev.penstock.limit;

import dev.penstock.exchange.Allowance;
import dev.penstock.exchange.Trail;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import java.util.ArrayList;
import java.util.List;

/** How the limits of one request stand, and what of it the caller is told: the tightest of requests and of tokens. Thread-safe. */
final class Standing {

    private final Trail trail;

    /** One of each rule and subject. */
    private final List<Level> levels = new ArrayList<>(4);

    Standing(Trail trail) {
        this.trail = trail;
    }

    void now(List<Level> seen) {
        now(seen, true);
    }

    /** Requests that were counted stay as they were told when this one was: nothing of them came back. */
    void counted(List<Level> seen) {
        now(seen, false);
    }

    private synchronized void now(List<Level> seen, boolean requests) {
        for (Level level : seen) {
            Rule rule = level.rule();
            if (!RuleBook.isOfProvider(rule) && (requests || rule.of() != Measure.REQUESTS)) {
                put(level);
            }
        }
        if (requests) {
            tell(Measure.REQUESTS, Allowance.Kind.REQUESTS);
        }
        tell(Measure.TOKENS, Allowance.Kind.TOKENS);
    }

    private void put(Level level) {
        for (int i = 0; i < levels.size(); i++) {
            Level other = levels.get(i);
            if (other.subject().equals(level.subject()) && other.rule().equals(level.rule())) {
                levels.set(i, level);
                return;
            }
        }
        levels.add(level);
    }

    private void tell(Measure measure, Allowance.Kind kind) {
        Level tightest = null;
        for (Level level : levels) {
            if (level.rule().of() == measure && (tightest == null || isTighter(level, tightest))) {
                tightest = level;
            }
        }
        if (tightest != null) {
            trail.allows(new Allowance(kind, tightest.rule().limit(), tightest.remaining(), tightest.reset()));
        }
    }

    private static boolean isTighter(Level one, Level other) {
        return one.remaining() < other.remaining()
                || one.remaining() == other.remaining() && one.reset().compareTo(other.reset()) > 0;
    }
}
