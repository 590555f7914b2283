package dev.penstock.credential;

import java.util.Locale;

/** Where a provider's key is in its life. */
public enum KeyState {
    /** Known, and not used before it was tested. */
    STAGED,
    /** Taken for new requests. */
    ACTIVE,
    /** Of requests that run; comes back when the key that took its place fails. */
    DRAINING,
    /** Used no more. */
    RETIRED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
