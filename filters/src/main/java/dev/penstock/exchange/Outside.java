package dev.penstock.exchange;

import dev.penstock.core.GatewayException;

/** Learns of requests that were refused outside every route, such as those that none matched. */
@FunctionalInterface
public interface Outside {

    /** Called before the refusal is written; must be quick. */
    void refused(Refused refused);

    /**
     * What is known of such a request.
     *
     * @param path as it came; it may hold anything
     * @param source the address that the connection comes from; empty when it is not known
     */
    record Refused(String method, String path, String source, String requestId, GatewayException told) {}
}
