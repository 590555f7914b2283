package dev.penstock.telemetry;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.exchange.Over;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, as spans and meters tell it.
 *
 * @param word {@code ok}, {@code cancelled} or an error code
 * @param status the HTTP status that the caller got, 0 when it got none
 */
record Outcome(String word, int status) {

    static final Outcome OK = new Outcome("ok", 200);

    private static final String CANCELLED = "cancelled";

    /** {@code begun}: whether an answer, and with it the status 200, came before the end. */
    static Outcome of(Over over, Begun begun) {
        return switch (over.how()) {
            case COMPLETE -> OK;
            case CANCELLED -> new Outcome(CANCELLED, begun == Begun.NOTHING ? 0 : 200);
            case FAILED -> failed(over.failure(), begun);
        };
    }

    boolean ok() {
        return this == OK;
    }

    /** Whether something went wrong that is not the caller's fault; a stream that broke is, after its status 200. */
    boolean faulty() {
        return !ok() && !word.equals(CANCELLED) && (status >= 500 || status == 200);
    }

    private static Outcome failed(@Nullable Throwable failure, Begun begun) {
        if (failure instanceof GatewayException known) {
            return new Outcome(known.code().wire(), begun == Begun.NOTHING ? known.status() : 200);
        }
        return new Outcome(ErrorCode.INTERNAL.wire(), begun == Begun.NOTHING ? ErrorCode.INTERNAL.status() : 200);
    }
}
