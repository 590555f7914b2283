package dev.penstock.provider;

import dev.penstock.core.UpstreamError;

/** An error that a provider told inside a stream that had begun with status 200. */
public final class StreamFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient UpstreamError error;

    public StreamFailure(UpstreamError error) {
        super("error event in the stream: " + error.type(), null, false, false);
        this.error = error;
    }

    public UpstreamError error() {
        return error;
    }
}
