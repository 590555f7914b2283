package dev.penstock.surface;

import java.time.Duration;

/** Writes times as OpenAI writes them in {@code x-ratelimit-reset-…}: {@code 120ms}, {@code 1s}, {@code 6m0s}, {@code 1h2m3s}. */
final class Resets {

    private Resets() {}

    static String of(Duration time) {
        long seconds = time.getSeconds();
        if (seconds < 1) {
            return Math.max(0, time.toMillis()) + "ms";
        }
        long up = time.getNano() > 0 ? seconds + 1 : seconds;
        if (up < 60) {
            return up + "s";
        }
        String minutes = up / 60 % 60 + "m" + up % 60 + "s";
        return up < 3600 ? minutes : up / 3600 + "h" + minutes;
    }
}
