package dev.penstock.journal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What a journal is opened with.
 *
 * @param directory its own, such as {@code data/journal}; made when missing
 * @param chain the instance's id; letters, digits, {@code . _ -}
 * @param acceptCorruption opens over damage, which is then recorded
 * @param clock of the records that the journal writes itself
 */
public record JournalConfig(
        Path directory, String chain, boolean acceptCorruption, Clock clock, Limits limits, JournalEvents events) {

    public JournalConfig {
        if (!chain.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException(
                    "chain '" + chain + "' (expected: 1 to 128 letters, digits, '.', '_' or '-')");
        }
    }

    public static JournalConfig of(Path directory, String chain, Clock clock) {
        return new JournalConfig(directory, chain, false, clock, Limits.DEFAULT, new JournalEvents() {});
    }

    public JournalConfig acceptingCorruption() {
        return new JournalConfig(directory, chain, true, clock, limits, events);
    }

    public JournalConfig with(Limits others) {
        return new JournalConfig(directory, chain, acceptCorruption, clock, others, events);
    }

    public JournalConfig with(JournalEvents listener) {
        return new JournalConfig(directory, chain, acceptCorruption, clock, limits, listener);
    }

    /**
     * Sizes.
     *
     * @param segmentBytes of a file; two are laid out ahead of the records
     * @param queueBytes of records that wait for the writer; half as much more may wait for the queue
     * @param queueWait how long a record waits for the queue
     * @param recordBytes of one record's JSON, at most an eighth of a segment
     * @param floorBytes usable on the disk: below, nothing is admitted but closing records
     * @param snapshotRecords after which a snapshot is written
     * @param snapshotEvery likewise, when there are records since
     * @param probeEvery how often the disk is looked at, and tried again after a failure
     * @param checkBytesPerSecond at which older segments are verified in the background; 0 for not at all
     */
    public record Limits(
            int segmentBytes,
            long queueBytes,
            Duration queueWait,
            int recordBytes,
            long floorBytes,
            int snapshotRecords,
            Duration snapshotEvery,
            Duration probeEvery,
            int checkBytesPerSecond) {

        public static final Limits DEFAULT = new Limits(
                64 << 20,
                64 << 20,
                Duration.ofMillis(250),
                4 << 20,
                1L << 30,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                8 << 20);

        public Limits {
            if (recordBytes < 1 || recordBytes > segmentBytes / 8) {
                throw new IllegalArgumentException("records of " + recordBytes + " bytes (expected: 1 to "
                        + segmentBytes / 8 + ", an eighth of a segment)");
            }
        }
    }
}
