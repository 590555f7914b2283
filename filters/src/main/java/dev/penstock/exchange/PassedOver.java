package dev.penstock.exchange;

import dev.penstock.core.GatewayException;
import java.time.Duration;

/** A gate does not let an attempt leave; the next candidate may pass. */
public final class PassedOver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Attempt.Reason reason;
    private final transient Duration comeBack;
    private final transient GatewayException told;

    /** {@code told} is what the caller learns when no attempt left at all. */
    public PassedOver(Attempt.Reason reason, Duration comeBack, GatewayException told) {
        super(reason.wire(), null, false, false);
        this.reason = reason;
        this.comeBack = comeBack;
        this.told = told;
    }

    public Attempt.Reason reason() {
        return reason;
    }

    public Duration comeBack() {
        return comeBack;
    }

    public GatewayException told() {
        return told;
    }
}
