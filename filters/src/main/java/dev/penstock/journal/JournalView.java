package dev.penstock.journal;

import java.time.Duration;

/**
 * How a journal is.
 *
 * @param reason why it is not {@code OK}; else empty
 * @param backlogBytes handed over and not yet durable
 * @param records made durable since it was opened
 * @param seq of the last durable record; 0 when there is none
 * @param reservedBytes kept for closing records
 * @param fsync how long the disk takes
 * @param segments files on disk, the one that is prepared not counted
 * @param usableBytes on the disk, as of the last second
 * @param spaceLow less than a tenth of the disk is usable
 * @param recoveryTook from the last snapshot to the last record, at start
 * @param damaged something that was durable is not as it was written
 */
public record JournalView(
        State state,
        String reason,
        long backlogBytes,
        long records,
        long seq,
        long reservedBytes,
        Fsync fsync,
        int segments,
        long usableBytes,
        boolean spaceLow,
        Duration recoveryTook,
        boolean damaged) {

    /** What it does with records. */
    public enum State {
        /** Takes them. */
        OK,
        /** Takes them later: the queue is full. */
        WAITING,
        /** Takes only closing ones: no space. */
        FULL,
        /** Takes only closing ones, and keeps them until the disk writes again. */
        READ_ONLY,
        /** Takes none. */
        CLOSED
    }

    /** Nanoseconds of the last force, and percentiles of the last 1,024; 0 before the first. */
    public record Fsync(long lastNanos, long p50Nanos, long p99Nanos) {}
}
