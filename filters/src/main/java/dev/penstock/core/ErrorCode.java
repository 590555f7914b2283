package dev.penstock.core;

import java.util.Locale;

/**
 * Every way a request can fail, who is at fault, and what the caller is told. The audit log stores these names; the word on
 * the wire is the name in lower case and is the same on every surface.
 */
public enum ErrorCode {
    REQUEST_INVALID(400, Fault.CALLER, "The request is not valid."),
    PROMPT_BLOCKED(400, Fault.CALLER, "A guardrail refused the request."),
    ANSWER_BLOCKED(400, Fault.CALLER, "A guardrail refused the answer."),
    KEY_UNKNOWN(401, Fault.CALLER, "Unknown or revoked key."),
    BUDGET_EXHAUSTED(402, Fault.CALLER, "The budget is spent."),
    MODEL_FORBIDDEN(403, Fault.CALLER, "This caller may not use this model."),
    PRICE_UNKNOWN(403, Fault.CALLER, "The price of this model is not known, and a budget has to be kept."),
    ROLE_MISSING(403, Fault.CALLER, "This administrator's role may not do that."),
    MODEL_UNKNOWN(404, Fault.CALLER, "There is no such model."),
    KIND_UNKNOWN(404, Fault.CALLER, "There is no such content kind."),
    ROUTE_UNKNOWN(404, Fault.CALLER, "There is no such endpoint."),
    METHOD_UNKNOWN(405, Fault.CALLER, "This endpoint does not know this method."),
    BODY_TIMEOUT(408, Fault.CALLER, "The request body did not arrive in time."),
    REQUEST_TOO_LARGE(413, Fault.CALLER, "The request body is larger than allowed."),
    MEDIA_TYPE(415, Fault.CALLER, "This endpoint takes application/json."),
    CAPABILITY_MISSING(422, Fault.CALLER, "No target of this model can serve this request."),
    RATE_EXCEEDED(429, Fault.CALLER, "A limit is reached; see Retry-After."),
    BUDGET_RESERVED(429, Fault.CALLER, "What is left of the budget is held by running calls; see Retry-After."),
    UPSTREAM_RATE_LIMITED(429, Fault.UPSTREAM, "Every provider is rate limited; see Retry-After."),
    INTERNAL(500, Fault.GATEWAY, "Internal error."),
    UPSTREAM_INVALID(502, Fault.UPSTREAM, "The provider's answer could not be understood."),
    UPSTREAM_UNREACHABLE(502, Fault.UPSTREAM, "The provider could not be reached."),
    UPSTREAM_UNAVAILABLE(503, Fault.UPSTREAM, "No provider could answer."),
    LIMIT_UNAVAILABLE(503, Fault.GATEWAY, "Limits cannot be counted now, so nothing is sent; see Retry-After."),
    BUDGET_UNAVAILABLE(
            503, Fault.GATEWAY, "Nobody can say now what is left of a budget, so nothing is sent; see Retry-After."),
    AUDIT_UNAVAILABLE(503, Fault.GATEWAY, "The audit record cannot be written, so nothing is sent."),
    OVERLOADED(503, Fault.GATEWAY, "The gateway is at its limit; retry later."),
    UPSTREAM_TIMEOUT(504, Fault.UPSTREAM, "The provider did not answer in time.");

    /** Who has to change something. */
    public enum Fault {
        CALLER,
        UPSTREAM,
        GATEWAY
    }

    private final int status;
    private final Fault fault;
    private final String message;

    ErrorCode(int status, Fault fault, String message) {
        this.status = status;
        this.fault = fault;
        this.message = message;
    }

    /** The HTTP status that goes with it, unless a provider's own is passed on. */
    public int status() {
        return status;
    }

    public Fault fault() {
        return fault;
    }

    /** What the caller is told when nothing more precise may be said. */
    public String message() {
        return message;
    }

    /** The word on the wire: the name in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
