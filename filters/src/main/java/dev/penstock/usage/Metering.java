package dev.penstock.usage;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.core.Weight;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Meters one request. */
final class Metering implements Gate {

    private static final int BYTES_PER_TOKEN = 4;

    private final LlmExchange exchange;
    private final Clock clock;
    private Answer.@Nullable Whole whole;

    Metering(LlmExchange exchange, Clock clock) {
        this.exchange = exchange;
        this.clock = clock;
    }

    void answered(Answer answer) {
        whole = answer instanceof Answer.Whole complete ? complete : null;
    }

    /** One that did not answer is settled at once: the next one's budget has to know what it cost. */
    @Override
    public void left(Attempt attempt) {
        if (attempt.end().filter(end -> end.reason() != Reason.OK).isPresent()) {
            settle(attempt);
        }
    }

    /** Each attempt once; what was not sent used nothing. */
    void settle() {
        for (Attempt attempt : exchange.trail().attempts()) {
            settle(attempt);
        }
    }

    private void settle(Attempt attempt) {
        if (attempt.sent() && attempt.cost().isEmpty() && mayHaveUsed(attempt)) {
            Usage usage = usage(attempt);
            attempt.used(usage);
            Cost cost = cost(attempt, usage);
            if (cost != null) {
                attempt.costs(cost);
            }
        }
    }

    /**
     * A provider that answered, began to, or was cut off by us may bill; one that refused, broke before a word or was not
     * reached does not.
     */
    private static boolean mayHaveUsed(Attempt attempt) {
        if (attempt.usage().isPresent() || attempt.heard().events() > 0) {
            return true;
        }
        Reason reason = attempt.end().map(Attempt.End::reason).orElse(Reason.CANCELLED);
        return switch (reason) {
            case OK, CANCELLED, CALLER_STALLED, IDLE_TIMEOUT, TOTAL_TIMEOUT, REQUEST_TIMEOUT, FIRST_BYTE_TIMEOUT ->
                true;
            default -> false;
        };
    }

    /** As reported, where the provider was heard to its end; else what was reported so far, and what was counted. */
    private Usage usage(Attempt attempt) {
        Optional<Usage> reported = attempt.usage();
        if (reported.isPresent()
                && attempt.end().filter(end -> end.reason() == Reason.OK).isPresent()) {
            return reported.get();
        }
        long input = reported.map(Usage::input)
                .filter(tokens -> tokens > 0)
                .orElseGet(() -> weight().map(Weight::inputEstimate).orElse(0L));
        long output = Math.max(reported.map(Usage::output).orElse(0L), atMost(attempt, heard(attempt)));
        return reported.orElseGet(() -> Usage.reported(0, 0)).estimated(input, output);
    }

    /** What is only estimated is never more than what could be asked for. */
    private long atMost(Attempt attempt, long tokens) {
        long choices = weight().map(Weight::choices).orElse(1);
        return attempt.cap() == 0 ? tokens : Math.min(tokens, choices * attempt.cap());
    }

    private Optional<Weight> weight() {
        return exchange.find(Fact.PROMPTED).or(() -> exchange.find(Fact.ASKED)).map(asked -> asked.weight());
    }

    private long heard(Attempt attempt) {
        boolean served = exchange.trail().served().filter(attempt::equals).isPresent();
        if (whole == null || !served) {
            return attempt.heard().tokens();
        }
        byte[] bytes = whole.bytes();
        int length = bytes != null ? bytes.length : Json.LENIENT_DEPTH.write(whole.body()).length;
        return (length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** By the model that ran, else by the one that was asked for; none where neither has a price. */
    private @Nullable Cost cost(Attempt attempt, Usage usage) {
        Prices prices = exchange.settings().get(Prices.class);
        Instant now = clock.instant();
        Optional<Price> price = prices.of(attempt.provider(), attempt.answeredModel(), now);
        if (price.isEmpty()) {
            price = prices.of(attempt.provider(), attempt.model(), now);
        }
        if (price.isEmpty()) {
            return null;
        }
        try {
            return new Cost(price.get().nanoUsd(usage), price.get().id());
        } catch (ArithmeticException beyond) {
            return null;
        }
    }
}
