package dev.penstock.upstream;

import dev.penstock.core.Candidate;
import dev.penstock.core.GatewayException;
import dev.penstock.credential.KeyRing;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The loop over candidates. For each: one try and as many further ones as its provider allows, then the next; a refused or
 * throttled key is replaced by the next key of the same provider without counting as a further try.
 */
final class Failover {

    /** The status of refusals that a later try may not meet. */
    private static final int LATER = 429;

    private final Providers providers;
    private final Call call;
    private final Time time;
    private final RandomGenerator random;

    Failover(Providers providers, Call call, Time time, RandomGenerator random) {
        this.providers = providers;
        this.call = call;
        this.time = time;
        this.random = random;
    }

    Mono<Answer> answer(LlmExchange exchange) {
        List<Candidate> candidates = exchange.get(Fact.CANDIDATES);
        return candidate(new Round(exchange, candidates, RequestTime.of(exchange, time), 0, 0, 0, null));
    }

    /**
     * Where the loop stands.
     *
     * @param at the candidate that is tried
     * @param retries how many further tries it had
     * @param keys how many of its keys were refused or throttled
     * @param mistake why earlier candidates were passed over: the last that may pass later, else the last
     */
    private record Round(
            LlmExchange exchange,
            List<Candidate> candidates,
            RequestTime left,
            int at,
            int retries,
            int keys,
            @Nullable GatewayException mistake) {

        Candidate candidate() {
            return candidates.get(at);
        }

        Round again() {
            return new Round(exchange, candidates, left, at, retries + 1, keys, mistake);
        }

        Round otherKey() {
            return new Round(exchange, candidates, left, at, retries, keys + 1, mistake);
        }

        Round next() {
            return new Round(exchange, candidates, left, at + 1, 0, 0, mistake);
        }

        private static boolean isLater(@Nullable GatewayException refusal) {
            return refusal != null && refusal.code().status() == LATER;
        }

        Round heard(@Nullable GatewayException reason) {
            boolean keeps = reason == null || (isLater(mistake) && !isLater(reason));
            return keeps ? this : new Round(exchange, candidates, left, at, retries, keys, reason);
        }
    }

    private Mono<Answer> candidate(Round round) {
        if (round.at() == round.candidates().size()) {
            return Mono.error(Verdict.of(round.exchange().trail()));
        }
        if (round.left().isOver()) {
            return Mono.error(Verdict.outOfTime(round.exchange().trail()));
        }
        Provider provider =
                providers.of(round.candidate().provider(), round.exchange().settings());
        return call.once(
                round.exchange(), provider, round.candidate(), round.left(), failed -> after(failed, provider, round));
    }

    private Mono<Answer> after(AttemptFailed failed, Provider provider, Round tried) {
        Round round = tried.heard(failed.mistake());
        if (failed.reason() == Reason.REFUSED) {
            return Mono.error(GatewayException.refused(failed.error()));
        }
        if (failed.mistake() != null && round.at() + 1 == round.candidates().size() && nothingLeft(round)) {
            return Mono.error(Verdict.notSent(round.mistake(), round.exchange().trail()));
        }
        if (isOfKey(failed.reason()) && hasOtherKey(provider.keys(), round)) {
            return candidate(round.otherKey());
        }
        if (isWorthAnotherTry(failed, provider, round)) {
            Duration wait = pause(failed, provider.config().retry(), round.retries());
            return round.left().allows(wait)
                    ? Mono.delay(wait, time.scheduler()).then(Mono.defer(() -> candidate(round.again())))
                    : candidate(round.next());
        }
        return candidate(round.next());
    }

    /** Whether no provider was asked at all: then what could not be written is the caller's to mend. */
    private static boolean nothingLeft(Round round) {
        return round.exchange().trail().sent() == 0;
    }

    /** Each key is asked once a request: one that comes back while the others are asked does not begin another round. */
    private static boolean hasOtherKey(KeyRing keys, Round round) {
        return round.keys() + 1 < keys.size() && keys.soonest().isZero();
    }

    private static boolean isOfKey(Reason reason) {
        return reason == Reason.CREDENTIAL || reason == Reason.RATE_LIMITED;
    }

    private static boolean isWorthAnotherTry(AttemptFailed failed, Provider provider, Round round) {
        if (round.retries() >= provider.config().retry().attempts()) {
            return false;
        }
        Duration asked = failed.retryAfter();
        boolean soon =
                asked == null || asked.compareTo(provider.config().retry().honourRetryAfter()) <= 0;
        return switch (failed.reason()) {
            case UNAVAILABLE, UNREACHABLE, CONNECT_TIMEOUT, RESET -> soon;
            default -> false;
        };
    }

    /** What the provider asked for, else doubling from {@code backoff} with up to a quarter taken off at random. */
    private Duration pause(AttemptFailed failed, ProviderConfig.RetryConfig retry, int retries) {
        Duration asked = failed.retryAfter();
        if (asked != null) {
            return asked;
        }
        long doubled = retry.backoff().toMillis() << Math.min(retries, 16);
        long capped = Math.min(doubled, retry.maxBackoff().toMillis());
        return Duration.ofMillis(Math.max(1, capped - (long) (capped * 0.25 * random.nextDouble())));
    }
}
