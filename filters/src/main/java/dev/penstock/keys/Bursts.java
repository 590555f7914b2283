package dev.penstock.keys;

import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Counts, for each address, the requests without a live key, and tells when there are many in ten seconds. Thread-safe. */
final class Bursts {

    private static final int MANY = 20;
    private static final long WINDOW_MILLIS = 10_000;
    private static final int MOST_SOURCES = 10_000;

    private final SecurityEvents events;
    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long window;

    Bursts(SecurityEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void refused(String source) {
        if (count(source) == MANY) {
            events.tell(new SecurityEvent(
                    SecurityEvent.Kind.AUTHENTICATION_BURST,
                    source,
                    Map.of("ip", source, "refusals", Integer.toString(MANY), "seconds", "10")));
        }
    }

    private synchronized int count(String source) {
        long now = clock.millis() / WINDOW_MILLIS;
        if (now != window) {
            window = now;
            counts.clear();
        }
        boolean full = counts.size() >= MOST_SOURCES && !counts.containsKey(source);
        return full ? 0 : counts.merge(source, 1, Integer::sum);
    }
}
