package dev.penstock.telemetry;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Outcome;
import dev.penstock.exchange.Over;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a request that is over.
 *
 * @param took from its arrival to the end
 * @param attempts all of them, in order
 * @param main the one whose answer the caller got, else the last one
 */
record Summary(
        LlmExchange exchange,
        Outcome outcome,
        Begun begun,
        Duration took,
        List<Attempt> attempts,
        @Nullable Attempt main) {

    private static final String NONE = "none";
    private static final String OTHER = "other";

    static Summary of(LlmExchange exchange, Over over, Begun begun, long endNanos) {
        List<Attempt> attempts = exchange.trail().attempts();
        Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        Duration took = Duration.ofNanos(Math.max(0, endNanos - exchange.beganNanos()));
        Attempt main = exchange.trail().served().orElse(last);
        return new Summary(exchange, Outcome.of(over, begun != Begun.NOTHING), begun, took, attempts, main);
    }

    Instant ended() {
        return exchange.began().plus(took);
    }

    /** How an attempt ended; one that nobody ended yet was running when the caller left. */
    Attempt.End endOf(Attempt attempt) {
        return attempt.end().orElseGet(() -> {
            Duration ran = Duration.between(attempt.began(), ended());
            return new Attempt.End(Attempt.Reason.CANCELLED, 0, ran.isNegative() ? Duration.ZERO : ran, null);
        });
    }

    /** The duration without the time of the attempts that left; attempts follow each other. */
    Duration overhead() {
        long rest = took.toNanos();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            rest -= attempt.sent() ? endOf(attempt).took().toNanos() : 0;
        }
        return Duration.ofNanos(Math.max(0, rest));
    }

    /** From the request's arrival to a stream's first text, reasoning or tool call. */
    Optional<Duration> firstToken() {
        return main == null || begun != Begun.STREAM
                ? Optional.empty()
                : main.firstEvent()
                        .map(first -> first.plus(Duration.between(exchange.began(), main.began())))
                        .filter(time -> !time.isNegative());
    }

    Optional<Caller> caller() {
        return exchange.find(Fact.CALLER);
    }

    /** What the caller asked for; empty when it is not known or was not said. */
    String askedModel() {
        return exchange.find(Fact.ASKED).map(Asked::model).orElse("");
    }

    String serviceLabel() {
        return caller().map(Caller::service).orElse(NONE);
    }

    String providerLabel() {
        return main == null ? NONE : main.provider();
    }

    String modelLabel() {
        return main == null ? NONE : modelLabel(main);
    }

    /** A model that the caller named together with its provider may be any word, so it is no label. */
    String modelLabel(Attempt attempt) {
        return isDirect(askedModel(), attempt) ? OTHER : attempt.model();
    }

    private static boolean isDirect(String asked, Attempt attempt) {
        int slash = attempt.provider().length();
        return asked.length() == slash + 1 + attempt.model().length()
                && asked.charAt(slash) == '/'
                && asked.startsWith(attempt.provider())
                && asked.endsWith(attempt.model());
    }
}
