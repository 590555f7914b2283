package dev.penstock.surface;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Writes times as OpenAI writes them in {@code x-ratelimit-reset-…}: {@code 120ms}, {@code 1s}, {@code 6m0s}, {@code 1h2m3s}. */
final class Resets {

    private Resets() {}

    static String of(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return Math.max(0, time.toMillis()) + "ms";
        }
        Duration up = time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        String hours = up.toHours() > 0 ? up.toHours() + "h" : "";
        String minutes = up.toMinutes() > 0 ? up.toMinutesPart() + "m" : "";
        return hours + minutes + up.toSecondsPart() + "s";
    }
}
