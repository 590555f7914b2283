package dev.penstock.routes.bind;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as the file writes them: {@code 40ms 2s 10m 1h 1d}; a bare number is seconds. */
final class Durations {

    static final String EXPECTED = "a time such as 40ms, 2s, 10m, 1h or 1d; a bare number is seconds";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** Timers count nanoseconds in a long, which ends after 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a time");
        }
        ChronoUnit unit = form.group(2) == null ? ChronoUnit.SECONDS : UNITS.get(form.group(2));
        Duration duration = Duration.of(Long.parseLong(form.group(1)), unit);
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("too long");
        }
        return duration;
    }
}
