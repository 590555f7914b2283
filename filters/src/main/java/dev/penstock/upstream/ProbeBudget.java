package dev.penstock.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often a provider may be probed: six times a minute, and as often a day by a call as it is configured. Thread-safe. */
final class ProbeBudget {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 6;

    private final Time time;
    private final Map<String, Spent> probes = new ConcurrentHashMap<>();
    private final Map<String, Spent> calls = new ConcurrentHashMap<>();

    ProbeBudget(Time time) {
        this.time = time;
    }

    private record Spent(long period, int count) {}

    boolean probe(String provider) {
        return spend(probes, provider, MINUTE) <= MOST;
    }

    boolean call(Provider provider) {
        return spend(calls, provider.name(), DAY) <= provider.config().probe().callsPerDay();
    }

    private int spend(Map<String, Spent> spent, String provider, Duration each) {
        long period = time.clock().millis() / each.toMillis();
        return spent.merge(
                        provider,
                        new Spent(period, 1),
                        (before, one) -> before.period() == period ? new Spent(period, before.count() + 1) : one)
                .count();
    }
}
