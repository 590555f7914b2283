package dev.penstock.provider;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a provider asks to come back. Read only where it means that: {@code retry-after} stands on successful answers too, and
 * Azure sends {@code retry-after-ms: 0} (PROVIDERS 1.2), so that there is a floor.
 */
public final class RetryAfter {

    static final Duration FLOOR = Duration.ofMillis(100);

    /** Nothing is kept waiting longer, whatever is asked. */
    static final Duration CEILING = Duration.ofHours(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final Clock clock;

    /** {@code clock} turns HTTP dates into delays. */
    public RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** Null when none is asked for, or it cannot be read. Names of {@code headers} are lower case. */
    public @Nullable Duration read(int status, Map<String, String> headers) {
        if (status != 429 && status != 503 && status != 529) {
            return null;
        }
        Duration wait = millis(headers.get("retry-after-ms"));
        if (wait == null || wait.isZero()) {
            Duration seconds = seconds(headers.get("retry-after"));
            wait = seconds == null ? wait : seconds;
        }
        if (wait == null) {
            return null;
        }
        Duration floored = wait.compareTo(FLOOR) >= 0 ? wait : FLOOR;
        return floored.compareTo(CEILING) <= 0 ? floored : CEILING;
    }

    private static @Nullable Duration millis(@Nullable String value) {
        return number(value) ? Duration.ofNanos((long) (Double.parseDouble(value.trim()) * 1e6)) : null;
    }

    private @Nullable Duration seconds(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return number(value) ? Duration.ofNanos((long) (Double.parseDouble(value.trim()) * 1e9)) : until(value);
    }

    private @Nullable Duration until(String date) {
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.trim()));
            Duration wait = Duration.between(clock.instant(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static boolean number(@Nullable String value) {
        return value != null && NUMBER.matcher(value.trim()).matches();
    }
}
