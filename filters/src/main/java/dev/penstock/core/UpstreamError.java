package dev.penstock.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error, read from its dialect.
 *
 * @param kind what it means for the next step, whatever status said it
 * @param status the HTTP status; of an error inside a stream the one that its code stands for, 200 where it stands for none
 * @param type the provider's own type word, or empty
 * @param message the provider's own words; shown to callers only for {@link Kind#CALLER} and {@link Kind#NOT_FOUND}
 * @param retryAfter how long the provider asks to wait, from headers or body
 */
public record UpstreamError(
        Kind kind,
        int status,
        String type,
        String message,
        @Nullable String param,
        @Nullable String code,
        @Nullable Duration retryAfter) {

    /** Classes of errors (PROVIDERS 13.6): who is at fault decides what happens next. */
    public enum Kind {
        /** The caller's own mistake: passed on, not retried, no other provider asked, breaker untouched. */
        CALLER,
        /** The provider does not know the model: passed on like {@link #CALLER}. */
        NOT_FOUND,
        /** The key is refused, or has no money: the key leaves the pool for a while, the next one or provider is asked. */
        CREDENTIAL,
        /** Too many requests: the key cools down, the next one or provider is asked; the breaker does not count it. */
        RATE,
        /** The provider is broken or overloaded: retried, then the next provider; counts against the breaker. */
        UNAVAILABLE,
        /** The model produced what its provider could not use: the next provider; does not count against the breaker. */
        BAD_GENERATION
    }
}
