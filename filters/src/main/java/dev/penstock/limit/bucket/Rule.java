package dev.penstock.limit.bucket;

import java.time.Duration;
import java.util.Locale;

/**
 * One limit.
 *
 * @param owner where it is declared, such as {@code services.demo}
 * @param by of what each has a count of its own
 * @param per the length of a window; zero for {@link Measure#CONCURRENT}
 * @param smooth refilled all the time, in place of windows that are aligned to the clock
 */
public record Rule(String owner, By by, Measure of, long limit, Duration per, boolean smooth) {

    /** Whose count it is. */
    public enum By {
        SERVICE,
        KEY,
        TEAM,
        MODEL,
        PROVIDER,
        ROUTE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is counted. */
    public enum Measure {
        REQUESTS,
        TOKENS,
        CONCURRENT;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of what tells most rules apart: rules are looked up with every request. */
    @Override
    public int hashCode() {
        return owner.hashCode() * 31 + of.ordinal() * 7 + by.ordinal() + Long.hashCode(limit);
    }

    /**
     * Whether both are of one count: what was used stays used when a limit is changed, and where instances have different ones for a
     * while, none admits more than its own.
     */
    public boolean countsWith(Rule other) {
        return owner.equals(other.owner)
                && by == other.by
                && of == other.of
                && per.equals(other.per)
                && smooth == other.smooth;
    }

    /** As routes.yml would say it: {@code 600 requests per 1m}, {@code 50 concurrent}. */
    public String words() {
        return of == Measure.CONCURRENT ? limit + " concurrent" : limit + " " + of.wire() + " per " + span(per);
    }

    /** A time in the largest unit that says it whole. */
    public static String span(Duration time) {
        if (time.toNanosPart() != 0) {
            return time.toMillis() + "ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
