package dev.penstock.upstream;

import dev.penstock.core.Candidate;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gates;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
            credential.ifPresent(key -> {
                attempt.leavesWith(key.id());
                provider.keys().leaves(key);
            });
            return sent(books, credential, left);
        });
    }

    private static Duration restOf(Provider provider) {
        Duration soonest = provider.keys().soonest();
        return soonest.isZero() ? SOON : soonest;
    }

    private Mono<Answer> sent(AttemptBooks books, Optional<Credential> credential, RequestTime left) {
        Gates gates = books.exchange().gates();
        Attempt attempt = books.attempt();
        AtomicReference<Deadline> running = new AtomicReference<>();
        Mono<Answer> answered = passed(gates, credential, books, outgoing -> {
                    Duration total =
                            left.within(books.provider().config().timeout().total());
                    Deadline deadline =
                            Deadline.start(time, books.provider().config().timeout(), total);
                    running.set(deadline);
                    return new Dispatch(books, outgoing, deadline).answer();
                })
                .onErrorMap(failure -> withoutKey(Breakage.of(failure, books.status()), credential));
        return Over.watch(answered, over -> {
            Deadline deadline = running.get();
            if (deadline != null) {
                deadline.stop();
            }
            books.close(over, credential);
            gates.left(attempt);
        });
    }

    private static Throwable withoutKey(Throwable failure, Optional<Credential> credential) {
        return failure instanceof AttemptFailed failed
                ? failed.saying(words -> KeyEcho.gone(words, credential))
                : failure;
    }

    /** Past the gates before and behind the writing of the request; its time begins when it leaves. */
    private static Mono<Answer> passed(
            Gates gates, Optional<Credential> credential, AttemptBooks books, Function<Outgoing, Mono<Answer>> leave) {
        if (gates.open()) {
            return Mono.defer(() -> leave.apply(Outgoing.of(books, credential)));
        }
        return gates.before(books.attempt(), books.exchange().get(Fact.CLEARED)).then(Mono.defer(() -> {
            Outgoing outgoing = Outgoing.of(books, credential);
            return gates.leaving(books.attempt(), outgoing.body()).then(Mono.defer(() -> leave.apply(outgoing)));
        }));
    }
}
