package dev.penstock.limit;

import dev.penstock.exchange.Allowance;
import dev.penstock.exchange.Trail;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the limits of one request stand, and what of it the caller is told: the tightest of requests and of tokens. Thread-safe. */
final class Standing {

    private static final Comparator<Level> TIGHTEST = Comparator.comparingLong(Level::remaining)
            .thenComparing(Comparator.comparing(Level::reset).reversed());

    private final Trail trail;
    private final Map<Key, Level> levels = new LinkedHashMap<>();

    Standing(Trail trail) {
        this.trail = trail;
    }

    private record Key(Rule rule, String subject) {}

    synchronized void now(List<Level> seen) {
        for (Level level : seen) {
            if (!RuleBook.isOfProvider(level.rule())) {
                levels.put(new Key(level.rule(), level.subject()), level);
            }
        }
        tell(Measure.REQUESTS, Allowance.Kind.REQUESTS);
        tell(Measure.TOKENS, Allowance.Kind.TOKENS);
    }

    /** Requests that were counted stay as they were told when this one was: nothing of them came back. */
    void counted(List<Level> seen) {
        now(seen.stream().filter(level -> level.rule().of() != Measure.REQUESTS).toList());
    }

    private void tell(Measure measure, Allowance.Kind kind) {
        Level tightest = null;
        for (Level level : levels.values()) {
            if (level.rule().of() == measure && (tightest == null || TIGHTEST.compare(level, tightest) < 0)) {
                tightest = level;
            }
        }
        if (tightest != null) {
            trail.allows(new Allowance(kind, tightest.rule().limit(), tightest.remaining(), tightest.reset()));
        }
    }
}
