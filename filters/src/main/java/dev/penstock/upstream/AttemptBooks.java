package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.End;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Trail;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the books of one attempt: what the trail, the breaker, the key pool and the permits learn of it, each once. */
final class AttemptBooks {

    private static final Duration REFUSED_KEY_RESTS = Duration.ofSeconds(60);
    private static final Duration THROTTLED_KEY_RESTS = Duration.ofSeconds(5);

    private final LlmExchange exchange;
    private final Provider provider;
    private final Attempt attempt;
    private final Time time;
    private final long began;
    private volatile int status;
    private volatile @Nullable AttemptFailed broke;

    /** A probe of a half-open breaker is booked with its first event: a long stream must not keep the breaker waiting. */
    private volatile boolean probed;

    private volatile Duration firstEvent = Duration.ZERO;

    AttemptBooks(LlmExchange exchange, Provider provider, Attempt attempt, Time time) {
        this.exchange = exchange;
        this.provider = provider;
        this.attempt = attempt;
        this.time = time;
        this.began = time.nanos().getAsLong();
    }

    LlmExchange exchange() {
        return exchange;
    }

    Provider provider() {
        return provider;
    }

    Time time() {
        return time;
    }

    Attempt attempt() {
        return attempt;
    }

    Trail trail() {
        return exchange.trail();
    }

    int status() {
        return status;
    }

    void status(int arrived) {
        status = arrived;
    }

    /** The first semantic event, or the whole answer, is here: from now on this attempt serves the request. */
    void serves() {
        firstEvent = took();
        attempt.firstEventAfter(firstEvent);
        trail().served(attempt);
        if (provider.breaker().getState() == CircuitBreaker.State.HALF_OPEN) {
            provider.breaker().onSuccess(firstEvent.toNanos(), TimeUnit.NANOSECONDS);
            probed = true;
        }
    }

    /** A stream that had begun broke: told here first, since its caller is told something else. */
    void broke(AttemptFailed failed) {
        broke = failed;
        attempt.ended(new End(failed.reason(), failed.status(), took(), failed.retryAfter()));
    }

    AttemptFailed notSent(Reason reason, Duration comeBack) {
        attempt.ended(new End(reason, 0, took(), comeBack));
        return AttemptFailed.notSent(reason, comeBack);
    }

    void close(Over over, Optional<Credential> credential) {
        provider.permits().give();
        Throwable failure = over.how() == Over.How.FAILED ? broke == null ? over.failure() : broke : null;
        boolean refused = failure instanceof AttemptFailed failed && failed.reason() == Reason.CREDENTIAL;
        if (credential.isPresent()) {
            provider.keys().back(credential.get(), refused);
        }
        switch (over.how()) {
            case COMPLETE -> completed();
            case CANCELLED -> cancelled();
            case FAILED -> failed(broke == null ? over.failure() : broke, credential);
        }
    }

    private void failed(Throwable failure, Optional<Credential> credential) {
        if (failure instanceof AttemptFailed failed) {
            failed(failed, credential);
            return;
        }
        attempt.ended(new End(status == 0 ? Reason.UNWRITABLE : Reason.INVALID, status, took(), null));
        release();
    }

    private void release() {
        if (!probed) {
            provider.breaker().releasePermission();
        }
    }

    private void completed() {
        attempt.ended(new End(Reason.OK, status, took(), null));
        if (!probed) {
            provider.breaker().onSuccess(firstEvent.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cancelled() {
        attempt.ended(new End(Reason.CANCELLED, status, took(), null));
        release();
    }

    private void failed(AttemptFailed failed, Optional<Credential> credential) {
        attempt.ended(new End(failed.reason(), failed.status(), took(), failed.retryAfter()));
        CircuitBreaker breaker = provider.breaker();
        if (countsAgainstProvider(failed.reason())) {
            breaker.onError(took().toNanos(), TimeUnit.NANOSECONDS, failed);
        } else {
            release();
        }
        credential.ifPresent(key -> rest(key, failed));
    }

    private static boolean countsAgainstProvider(Reason reason) {
        return switch (reason) {
            case REFUSED, CREDENTIAL, RATE_LIMITED, BAD_GENERATION, CANCELLED, CALLER_STALLED, REQUEST_TIMEOUT -> false;
            case LIMITED, OVER_BUDGET, UNRECORDED, UNWRITABLE -> false;
            default -> true;
        };
    }

    private void rest(Credential key, AttemptFailed failed) {
        Duration asked = failed.retryAfter();
        if (failed.reason() == Reason.CREDENTIAL) {
            provider.rest(key, KeyRing.Rest.REFUSED, REFUSED_KEY_RESTS);
        } else if (failed.reason() == Reason.RATE_LIMITED) {
            boolean told = asked != null && !asked.isZero();
            provider.rest(key, KeyRing.Rest.RATE, told ? asked : THROTTLED_KEY_RESTS);
        }
    }

    private Duration took() {
        return Duration.ofNanos(time.nanos().getAsLong() - began);
    }
}
