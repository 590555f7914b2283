package dev.penstock.gateway.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by the address that they came from. After ten in a minute nothing of that address is looked at until the minute
 * is over, a right token neither. Thread-safe.
 */
final class LoginAttempts {

    private static final int MOST = 10;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST_SOURCES = 10_000;

    private final Clock clock;
    private final Map<String, Tries> sources = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    private record Tries(long since, int wrong) {}

    /** How long this address has to wait; zero when it does not. */
    synchronized Duration wait(String source) {
        Tries tries = sources.get(source);
        long left = tries == null ? 0 : tries.since() + MINUTE_MILLIS - clock.millis();
        return left <= 0 || tries.wrong() < MOST ? Duration.ZERO : Duration.ofMillis(left);
    }

    synchronized void wrong(String source) {
        long now = clock.millis();
        Tries before = sources.get(source);
        boolean over = before == null || now - before.since() >= MINUTE_MILLIS;
        sources.put(source, over ? new Tries(now, 1) : new Tries(before.since(), before.wrong() + 1));
    }
}
