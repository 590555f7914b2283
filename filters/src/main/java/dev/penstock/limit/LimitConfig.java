package dev.penstock.limit;

import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An entry of {@code limits:}; exactly one of {@code requests}, {@code tokens} and {@code concurrent}.
 *
 * @param by of what each has a count of its own; absent means of what the limit stands at
 * @param per the length of a window; present exactly for requests and tokens
 * @param smooth refilled all the time, in place of windows that are aligned to the clock
 */
public record LimitConfig(
        Optional<By> by,
        Optional<Long> requests,
        Optional<Long> tokens,
        Optional<Long> concurrent,
        Optional<Duration> per,
        @DefaultValue("false") boolean smooth) {

    /** All services of a team that declare the same limit by team share its count. */
    private static final String ANY_TEAM = "teams";

    /**
     * The rule of a checked entry.
     *
     * @param owner where it stands, such as {@code services.demo}
     * @param standard what it is by where it does not say
     */
    public Rule rule(String owner, By standard) {
        By whose = by.orElse(standard);
        String counted = whose == By.TEAM && standard == By.SERVICE ? ANY_TEAM : owner;
        return new Rule(counted, whose, measure(), limit(), per.orElse(Duration.ZERO), smooth);
    }

    private Measure measure() {
        if (requests.isPresent()) {
            return Measure.REQUESTS;
        }
        return tokens.isPresent() ? Measure.TOKENS : Measure.CONCURRENT;
    }

    /** The one number that is there. */
    public long limit() {
        return requests.or(() -> tokens).or(() -> concurrent).orElse(0L);
    }
}
