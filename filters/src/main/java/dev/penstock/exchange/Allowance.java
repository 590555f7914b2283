package dev.penstock.exchange;

import java.time.Duration;
import java.util.Locale;

/**
 * What is left of the tightest limit of a kind, as callers are told.
 *
 * @param limit requests or tokens in a window
 * @param remaining of them, never below zero
 * @param reset until all of them are there again
 */
public record Allowance(Kind of, long limit, long remaining, Duration reset) {

    /** The words of the {@code x-ratelimit-…} headers. */
    public enum Kind {
        REQUESTS,
        TOKENS;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
