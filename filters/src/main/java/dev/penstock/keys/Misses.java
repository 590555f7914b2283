package dev.penstock.keys;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Secrets that nobody issued, by their whole digest: whoever sends one again and again is not looked for each time. Thread-safe. */
final class Misses {

    private static final int MOST = 10_000;
    private static final long MILLIS = 5_000;

    private final Clock clock;
    private final Map<String, Long> until = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    Misses(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean has(String digest) {
        Long end = until.get(digest);
        return end != null && clock.millis() < end;
    }

    synchronized void add(String digest) {
        until.remove(digest);
        until.put(digest, clock.millis() + MILLIS);
    }

    synchronized void clear() {
        until.clear();
    }
}
