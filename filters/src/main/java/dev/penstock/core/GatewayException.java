package dev.penstock.core;

/** A request that cannot be answered. Steps throw it; only {@code WriteAnswer} turns it into HTTP. */
public final class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Told told;

    /**
     * {@code told} holds typed fields that are safe to show, never request text; {@code detail} goes to the audit record
     * only: say what was found and what was expected. No stack trace is filled in, since these are expected.
     */
    public GatewayException(ErrorCode code, Told told, String detail) {
        super(code + ": " + detail, null, false, false);
        this.code = code;
        this.told = told;
    }

    public GatewayException(ErrorCode code, Told told) {
        this(code, told, told.message() == null ? code.message() : told.message());
    }

    /** A field of the request that is wrong: says which, what was found and what was expected. */
    public static GatewayException invalid(String param, String found, String expected) {
        String message = "'" + param + "' " + found + " (expected: " + expected + ")";
        return new GatewayException(ErrorCode.REQUEST_INVALID, Told.param(param, message), message);
    }

    public ErrorCode code() {
        return code;
    }

    public Told told() {
        return told;
    }

    /** A provider's answer to the caller's own mistake (400, 404, 413, 422), passed on with its status and words. */
    public static GatewayException refused(UpstreamError error) {
        ErrorCode code =
                error.kind() == UpstreamError.Kind.NOT_FOUND ? ErrorCode.MODEL_UNKNOWN : ErrorCode.REQUEST_INVALID;
        return new GatewayException(code, Told.upstream(error), "provider answered " + error.status());
    }

    /** The HTTP status: the provider's own where its error is passed on. */
    public int status() {
        UpstreamError upstream = told.upstream();
        return upstream != null && upstream.status() >= 400 ? upstream.status() : code.status();
    }
}
