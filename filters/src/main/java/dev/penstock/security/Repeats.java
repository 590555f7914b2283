package dev.penstock.security;

import dev.penstock.exchange.SecurityEvent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which events were told lately. Thread-safe. */
final class Repeats {

    private static final long QUIET_MILLIS = 10_000;
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<Same, Told> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Same, Told> eldest) {
            return size() > MOST;
        }
    };

    Repeats(Clock clock) {
        this.clock = clock;
    }

    private record Same(SecurityEvent.Kind kind, String subject) {}

    /** @param untold since then */
    private record Told(long at, int untold) {}

    /** How many of the same were not told since the last that was; -1 when this one is not to be told either. */
    synchronized int before(SecurityEvent event) {
        Same same = new Same(event.kind(), event.subject());
        long now = clock.millis();
        Told last = told.get(same);
        if (last != null && now - last.at() < QUIET_MILLIS) {
            told.put(same, new Told(last.at(), last.untold() + 1));
            return -1;
        }
        told.put(same, new Told(now, 0));
        return last == null ? 0 : last.untold();
    }
}
