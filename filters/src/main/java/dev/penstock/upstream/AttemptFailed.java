package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.core.UpstreamError;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.PassedOver;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One attempt did not answer; what follows is decided by its reason. Never leaves this folder. */
final class AttemptFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient int status;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable UpstreamError error;
    private transient @Nullable GatewayException mistake;

    private AttemptFailed(Reason reason, int status, @Nullable Duration retryAfter, @Nullable UpstreamError error) {
        super(reason.wire(), null, false, false);
        this.reason = reason;
        this.status = status;
        this.retryAfter = retryAfter;
        this.error = error;
    }

    static AttemptFailed of(Reason reason) {
        return new AttemptFailed(reason, 0, null, null);
    }

    /** With the status that had come before it broke. */
    static AttemptFailed of(Reason reason, int status) {
        return new AttemptFailed(reason, status, null, null);
    }

    static AttemptFailed notSent(Reason reason, Duration comeBack) {
        return new AttemptFailed(reason, 0, comeBack, null);
    }

    /** The request cannot be put into the provider's words; {@code mistake} is what the caller is told when no other can. */
    static AttemptFailed unwritable(GatewayException mistake) {
        AttemptFailed failed = new AttemptFailed(Reason.UNWRITABLE, 0, null, null);
        failed.mistake = mistake;
        return failed;
    }

    /** A gate did not let it leave. */
    static AttemptFailed passedOver(PassedOver over) {
        AttemptFailed failed = new AttemptFailed(over.reason(), 0, over.comeBack(), null);
        failed.mistake = over.told();
        return failed;
    }

    static AttemptFailed told(UpstreamError error) {
        return new AttemptFailed(reasonOf(error.kind()), error.status(), error.retryAfter(), error);
    }

    private static Reason reasonOf(UpstreamError.Kind kind) {
        return switch (kind) {
            case CALLER, NOT_FOUND -> Reason.REFUSED;
            case CREDENTIAL -> Reason.CREDENTIAL;
            case RATE -> Reason.RATE_LIMITED;
            case UNAVAILABLE -> Reason.UNAVAILABLE;
            case BAD_GENERATION -> Reason.BAD_GENERATION;
        };
    }

    /** The same with the provider's own words changed, where it said any. */
    AttemptFailed saying(UnaryOperator<UpstreamError> change) {
        return error == null ? this : new AttemptFailed(reason, status, retryAfter, change.apply(error));
    }

    @Nullable
    GatewayException mistake() {
        return mistake;
    }

    Reason reason() {
        return reason;
    }

    int status() {
        return status;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** The provider's own error, where one came. */
    @Nullable
    UpstreamError error() {
        return error;
    }
}
