package dev.penstock.limit.redis;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many instances there are, as the store said lately; remembered while it is away. Thread-safe. */
final class Fleet {

    /** A store that came back empty knows of few at first, so the most of the last beats counts. */
    private static final int BEATS = 6;

    private final Deque<Integer> seen = new ArrayDeque<>();

    synchronized void seen(int instances) {
        seen.addLast(instances);
        if (seen.size() > BEATS) {
            seen.removeFirst();
        }
    }

    /** At least 1. */
    synchronized int size() {
        return Math.max(1, seen.stream().mapToInt(Integer::intValue).max().orElse(1));
    }
}
