package dev.penstock.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When budgets will be spent, if it goes on as in the last hour. Thread-safe. */
final class Forecast {

    private static final Duration LOOK_BACK = Duration.ofHours(1);

    /** Less says nothing. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    private record Sample(Instant at, long spent) {}

    /** How an account stood; about once a minute. */
    synchronized void saw(Account account, long spent, Instant now) {
        samples.values().removeIf(seen -> seen.getLast().at().isBefore(now.minus(LOOK_BACK)));
        Deque<Sample> seen = samples.computeIfAbsent(account.key(), key -> new ArrayDeque<>());
        while (!seen.isEmpty() && seen.getFirst().at().isBefore(now.minus(LOOK_BACK))) {
            seen.removeFirst();
        }
        seen.addLast(new Sample(now, spent));
    }

    /** Empty when it lasts to the end of its window, is spent already, or has not been seen for long enough. */
    synchronized Optional<Instant> spentAt(Account account, long spent, Instant now) {
        Deque<Sample> seen = samples.get(account.key());
        if (seen == null || spent >= account.limit()) {
            return Optional.empty();
        }
        Sample first = seen.getFirst();
        Duration span = Duration.between(first.at(), now);
        long more = spent - first.spent();
        if (more <= 0 || span.compareTo(SHORTEST) < 0) {
            return Optional.empty();
        }
        double seconds = (double) (account.limit() - spent) / more * span.toSeconds();
        Duration window = Duration.between(now, account.ends());
        return seconds < window.toSeconds() ? Optional.of(now.plusSeconds((long) seconds)) : Optional.empty();
    }
}
