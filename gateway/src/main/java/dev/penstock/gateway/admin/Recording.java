package dev.penstock.gateway.admin;

import dev.penstock.audit.AuditLog;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** Durable records of what administrators do and are shown. */
record Recording(AuditLog log) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** Fails with {@code audit_unavailable} when the record is not durable in time. */
    CompletableFuture<?> of(String type, ObjectNode fields) {
        return log.event(type, fields).exceptionally(failure -> {
            throw new GatewayException(ErrorCode.AUDIT_UNAVAILABLE, Told.NOTHING.after(SOON));
        });
    }

    /** The same, on a thread that may wait. */
    void now(String type, ObjectNode fields) {
        try {
            of(type, fields).join();
        } catch (java.util.concurrent.CompletionException failure) {
            throw failure.getCause() instanceof GatewayException told ? told : failure;
        }
    }
}
