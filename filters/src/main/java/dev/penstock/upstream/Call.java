package dev.penstock.upstream;

import dev.penstock.core.Candidate;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** One try at one candidate, from the key to the end of the answer. Fails with {@link AttemptFailed} only. */
final class Call {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Time time;

    Call(Time time) {
        this.time = time;
    }

    Mono<Answer> once(LlmExchange exchange, Provider provider, Candidate candidate, RequestTime left) {
        return Mono.defer(() -> {
            Attempt attempt =
                    new Attempt(provider.name(), candidate.model(), time.clock().instant());
            exchange.trail().add(attempt);
            AttemptBooks books = new AttemptBooks(exchange, provider, attempt, time);
            Optional<Credential> credential = Optional.empty();
            if (provider.needsKey()) {
                credential = provider.keys().next();
                if (credential.isEmpty()) {
                    return books.notSent(
                            provider.keys().throttled() ? Reason.COOLING : Reason.NO_KEY, restOf(provider));
                }
            }
            if (!provider.breaker().tryAcquirePermission()) {
                return books.notSent(
                        Reason.BREAKER_OPEN, provider.config().breaker().openFor());
            }
            if (!provider.permits().take()) {
                provider.breaker().releasePermission();
                return books.notSent(Reason.BUSY, SOON);
            }
            return sent(books, credential, left);
        });
    }

    private static Duration restOf(Provider provider) {
        Duration soonest = provider.keys().soonest();
        return soonest.isZero() ? SOON : soonest;
    }

    private Mono<Answer> sent(AttemptBooks books, Optional<Credential> credential, RequestTime left) {
        ProviderConfig.TimeoutConfig limits = books.provider().config().timeout();
        Deadline deadline = Deadline.start(time, limits, left.within(limits.total()));
        Mono<Answer> answered = Mono.defer(
                        () -> Dispatch.of(books, credential, deadline).answer())
                .onErrorMap(failure -> Breakage.of(failure, books.status()))
                .onErrorMap(AttemptFailed.class, failed -> failed.saying(words -> KeyEcho.gone(words, credential)));
        return Over.watch(answered, over -> {
            deadline.stop();
            books.close(over, credential);
        });
    }
}
