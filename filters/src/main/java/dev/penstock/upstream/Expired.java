package dev.penstock.upstream;

import dev.penstock.exchange.Attempt.Reason;

/** A limit of a {@link Deadline} passed. */
final class Expired extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    Expired(Reason reason) {
        super(reason.wire(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
