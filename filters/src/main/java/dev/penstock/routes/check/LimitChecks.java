package dev.penstock.routes.check;

import dev.penstock.limit.LimitConfig;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a {@code limits:}, wherever it stands. */
final class LimitChecks {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final long MOST = 1_000_000_000_000L;

    private final Problems problems;

    LimitChecks(Problems problems) {
        this.problems = problems;
    }

    /** {@code at} is what the limits stand at, {@code standard} what they are by where they do not say. */
    void check(List<LimitConfig> limits, By standard, Tree at) {
        Tree list = at.nearest("limits");
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            LimitConfig limit = limits.get(i);
            Tree entry = Lists.item(list, i);
            if (shaped(limit, entry)) {
                Rule rule = limit.rule(list.path(), standard);
                if (rules.stream().anyMatch(rule::countsWith)) {
                    problems.add(entry, "the same limit twice (expected: one of them)");
                }
                rules.add(rule);
            }
        }
    }

    /** A limit by team counts for the team, so there has to be one. */
    void team(List<LimitConfig> limits, Optional<String> team, Tree service) {
        for (int i = 0; i < limits.size(); i++) {
            if (team.isEmpty() && limits.get(i).by().equals(Optional.of(By.TEAM))) {
                Tree by = Lists.item(service.nearest("limits"), i).nearest("by");
                problems.add(by, by.kind() + " (expected: a team for this service)");
            }
        }
    }

    private boolean shaped(LimitConfig limit, Tree at) {
        long kinds = Stream.of(limit.requests(), limit.tokens(), limit.concurrent())
                .filter(Optional::isPresent)
                .count();
        if (kinds != 1) {
            problems.add(
                    at,
                    "a limit with " + (kinds == 0 ? "none" : "several")
                            + " of requests, tokens, concurrent (expected: exactly one of them)");
            return false;
        }
        if (limit.concurrent().isPresent()) {
            Stream.of("per", "smooth")
                    .forEach(key -> at.find(key)
                            .ifPresent(it ->
                                    problems.add(it, "has no effect here (expected: requests or tokens beside it)")));
        } else if (limit.per().isEmpty()) {
            problems.missing(at, "per", "a time such as 1m");
            return false;
        } else {
            per(limit.per().get(), at.nearest("per"));
        }
        if (!problems.under(at.path())) {
            number(limit, at);
        }
        return !problems.under(at.path());
    }

    private void number(LimitConfig limit, Tree at) {
        // a bucket fills at most once a nanosecond
        long most = Math.min(MOST, limit.per().map(Duration::toNanos).orElse(MOST));
        if (limit.limit() >= 1 && limit.limit() <= most) {
            return;
        }
        String key = limit.requests().isPresent() ? "requests" : limit.tokens().isPresent() ? "tokens" : "concurrent";
        problems.add(at.nearest(key), at.nearest(key).kind() + " (expected: 1 to " + most + ")");
    }

    private void per(Duration per, Tree at) {
        if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
            problems.add(at, at.kind() + " (expected: 1s to 31d)");
        }
    }
}
