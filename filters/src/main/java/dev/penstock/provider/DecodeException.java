package dev.penstock.provider;

/** A provider's bytes are not what its dialect allows. The message never holds answer text. */
public final class DecodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DecodeException(String message) {
        super(message, null, false, false);
    }
}
