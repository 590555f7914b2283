package dev.penstock.exchange;

import java.util.Locale;
import java.util.Map;

/**
 * Something that whoever watches over security has to know.
 *
 * @param subject whom it is about, such as an address, a key's id or a provider's name: of the same subject the same is told once
 *     a while
 * @param details words and numbers, by name; never a key, a token or a piece of a prompt
 */
public record SecurityEvent(Kind kind, String subject, Map<String, String> details) {

    /** What happened. */
    public enum Kind {
        /** Many requests of one address without a live key. */
        AUTHENTICATION_BURST,
        /** A key that was revoked is still sent. */
        REVOKED_KEY_USED,
        /** A key was seen where none may be. */
        KEY_EXPOSED,
        /** A text that looks like an attempt to give orders to the model. */
        INJECTION_FLAGGED,
        /** An administrator's request without the token or the role that it needs. */
        ADMIN_DENIED,
        /** Another configuration is in force. */
        CONFIG_CHANGED,
        /** Records are missing from the audit trail. */
        AUDIT_GAP,
        /** A new key of a provider was given up, and the one before it is back. */
        PROVIDER_KEY_ROLLED_BACK;

        /** The word in records, meters and alerts. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
