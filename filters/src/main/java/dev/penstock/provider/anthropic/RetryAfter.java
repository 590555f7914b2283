package dev.penstock.provider.anthropic;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a provider asks to come back: {@code retry-after-ms}, else {@code retry-after} in seconds or as an HTTP date. */
final class RetryAfter {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final Clock clock;

    RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** The delay, never negative; null when none is asked for or it cannot be read. Names of {@code headers} are lower case. */
    @Nullable
    Duration of(Map<String, String> headers) {
        String millis = headers.getOrDefault("retry-after-ms", "").trim();
        if (NUMBER.matcher(millis).matches()) {
            return Duration.ofMillis((long) Double.parseDouble(millis));
        }
        String value = headers.getOrDefault("retry-after", "").trim();
        if (NUMBER.matcher(value).matches()) {
            return Duration.ofMillis((long) (Double.parseDouble(value) * 1000));
        }
        return value.isEmpty() ? null : until(value);
    }

    private @Nullable Duration until(String date) {
        try {
            ZonedDateTime then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), then.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException ex) {
            return null;
        }
    }
}
