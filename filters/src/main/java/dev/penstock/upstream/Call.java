package dev.penstock.upstream;

import dev.penstock.core.Candidate;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.LlmExchange;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** One try at one candidate, from the key to the end of the answer. */
final class Call {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Time time;

    Call(Time time) {
        this.time = time;
    }

    /**
     * Takes what the attempt needs at once; it is given back when what is returned is over, and so that has to be subscribed to.
     *
     * @param onward what comes after an attempt that failed
     */
    Mono<Answer> once(
            LlmExchange exchange,
            Provider provider,
            Candidate candidate,
            RequestTime left,
            Function<AttemptFailed, Mono<Answer>> onward) {
        Attempt attempt =
                new Attempt(provider.name(), candidate.model(), time.clock().instant());
        exchange.trail().add(attempt);
        AttemptBooks books = new AttemptBooks(exchange, provider, attempt, time);
        Optional<Credential> credential = Optional.empty();
        if (provider.needsKey()) {
            credential = provider.keys().next();
            if (credential.isEmpty()) {
                return onward.apply(
                        books.notSent(provider.keys().throttled() ? Reason.COOLING : Reason.NO_KEY, restOf(provider)));
            }
        }
        if (!provider.breaker().tryAcquirePermission()) {
            return onward.apply(books.notSent(
                    Reason.BREAKER_OPEN, provider.config().breaker().openFor()));
        }
        if (!provider.permits().take()) {
            provider.breaker().releasePermission();
            return onward.apply(books.notSent(Reason.BUSY, SOON));
        }
        if (credential.isPresent()) {
            attempt.leavesWith(credential.get().id());
            provider.keys().leaves(credential.get());
        }
        return new Attempting(books, credential, left, onward);
    }

    private static Duration restOf(Provider provider) {
        Duration soonest = provider.keys().soonest();
        return soonest.isZero() ? SOON : soonest;
    }
}
