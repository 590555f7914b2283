package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalView;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long the last forces took. One thread adds, any reads. */
final class FsyncTimes {

    private static final int KEPT = 1_024;

    private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
    private volatile int count;

    void add(long took) {
        nanos.set(count & (KEPT - 1), took);
        count = count + 1 < 0 ? KEPT : count + 1;
    }

    JournalView.Fsync view() {
        int added = count;
        int size = Math.min(added, KEPT);
        if (size == 0) {
            return new JournalView.Fsync(0, 0, 0);
        }
        long[] sorted = new long[size];
        Arrays.setAll(sorted, nanos::get);
        long last = sorted[(added - 1) & (KEPT - 1)];
        Arrays.sort(sorted);
        return new JournalView.Fsync(last, sorted[size / 2], sorted[Math.min(size - 1, size * 99 / 100)]);
    }
}
