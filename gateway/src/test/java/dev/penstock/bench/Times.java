package dev.penstock.bench;

import java.util.Arrays;

/** Durations in nanoseconds, to be asked for percentiles. Thread-safe. */
final class Times {

    private static final double NANOS_PER_MS = 1e6;

    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    synchronized int size() {
        return size;
    }

    /** In milliseconds. */
    synchronized double percentile(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int at = (int) Math.ceil(percent / 100 * size) - 1;
        return sorted[Math.max(0, at)] / NANOS_PER_MS;
    }
}
