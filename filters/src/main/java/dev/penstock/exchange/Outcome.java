package dev.penstock.exchange;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, in the words of spans, meters and records.
 *
 * @param word {@code ok}, {@code cancelled} or an error code
 * @param status the HTTP status that the caller got, 0 when it got none
 */
public record Outcome(String word, int status) {

    public static final Outcome OK = new Outcome("ok", 200);

    private static final String CANCELLED = "cancelled";

    /** {@code begun}: whether an answer, and with it the status 200, had come before the end. */
    public static Outcome of(Over over, boolean begun) {
        return switch (over.how()) {
            case COMPLETE -> OK;
            case CANCELLED -> new Outcome(CANCELLED, begun ? 200 : 0);
            case FAILED -> failed(over.failure(), begun);
        };
    }

    public boolean ok() {
        return equals(OK);
    }

    public boolean cancelled() {
        return word.equals(CANCELLED);
    }

    /** Whether something went wrong that is not the caller's fault; a stream that broke is, after its status 200. */
    public boolean faulty() {
        return !ok() && !cancelled() && (status >= 500 || status == 200);
    }

    private static Outcome failed(@Nullable Throwable failure, boolean begun) {
        if (failure instanceof GatewayException known) {
            return new Outcome(known.code().wire(), begun ? 200 : known.status());
        }
        return new Outcome(ErrorCode.INTERNAL.wire(), begun ? 200 : ErrorCode.INTERNAL.status());
    }
}
