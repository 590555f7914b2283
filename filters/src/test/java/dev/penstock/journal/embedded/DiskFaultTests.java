package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.JournalView.State;
import dev.penstock.journal.Position;
import dev.penstock.journal.Room;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFaultTests {

    private static final String NO_SPACE = "No space left on device";
    private static final int CLOSING = 1_000;

    @TempDir
    Path temp;

    @Test
    void aShortWriteIsCutBackAndTheJournalRecoversAlone() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 5);
            rig.disk.writes(FaultyDisk.with(NO_SPACE));
            JournalException failure = Rig.failure(rig.journal.append(Entry.plain(Rig.record(5, 2_000))));
            assertThat(failure.reason()).isEqualTo(Reason.DISK);
            assertThat(failure).hasMessageContaining(NO_SPACE);
            assertThat(rig.journal.view().state()).isEqualTo(State.FULL);
            assertThat(rig.journal.append(Entry.plain(Rig.record(6)))).isCompletedExceptionally();
            rig.disk.works();
            Rig.until(() -> rig.journal.view().state() == State.OK);
            rig.write(7, 10);
            assertThat(rig.states).containsExactly(State.FULL, State.OK);
        }
        assertRecords(8);
        assertThat(Segments.in(temp.resolve("journal")).firsts()).hasSize(1);
    }

    @Test
    void afterAFailedForceTheSegmentIsLeft() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 5);
            rig.disk.forces(FaultyDisk.with("Input/output error"));
            JournalException failure = Rig.failure(rig.journal.append(Entry.plain(Rig.record(5))));
            assertThat(failure.reason()).isEqualTo(Reason.DISK);
            assertThat(rig.journal.view().state()).isEqualTo(State.READ_ONLY);
            rig.disk.works();
            Rig.until(() -> rig.journal.view().state() == State.OK);
            assertThat(rig.append(Rig.record(6)).seq()).isEqualTo(6);
            assertThat(rig.records(rig.journal.segments()))
                    .extracting(Stored::seq)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            rig.write(7, 10);
        }
        assertRecords(9);
        assertThat(Segments.in(temp.resolve("journal")).firsts()).containsExactly(1L, 6L);
        try (Rig again = new Rig(temp.resolve("journal")).open()) {
            assertThat(again.tally.last()).isEqualTo(9);
        }
    }

    @Test
    void aSegmentWithoutADurableRecordIsReplaced() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.disk.forces(FaultyDisk.with("Input/output error"));
            Rig.failure(rig.journal.append(Entry.plain(Rig.record(0))));
            rig.disk.works();
            Rig.until(() -> rig.journal.view().state() == State.OK);
            rig.write(1, 4);
        }
        assertRecords(3);
        assertThat(Segments.in(temp.resolve("journal")).firsts()).containsExactly(1L);
    }

    @Test
    void aClosingRecordWaitsForTheDiskAndLands() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            Rig.durable(rig.journal.append(new Entry(Rig.record(1), Room.opening(CLOSING))));
            assertThat(rig.journal.view().reservedBytes()).isEqualTo(CLOSING);
            rig.disk.writes(FaultyDisk.with("Read-only file system"));
            Rig.failure(rig.journal.append(new Entry(Rig.record(2), Room.opening(CLOSING))));
            CompletableFuture<Position> closing = rig.journal.append(new Entry(Rig.record(3), Room.closing(CLOSING)));
            Rig.until(() -> rig.journal.view().state() == State.READ_ONLY);
            assertThat(closing).isNotDone();
            rig.disk.works();
            assertThat(Rig.durable(closing).seq()).isEqualTo(2);
            assertThat(rig.journal.view().reservedBytes()).isZero();
        }
        assertRecords(2);
    }

    @Test
    void belowTheFloorOnlyClosingRecordsAreTaken() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            Rig.durable(rig.journal.append(new Entry(Rig.record(1), Room.opening(CLOSING))));
            rig.disk.usable(999);
            Rig.until(() -> rig.journal.view().state() == State.FULL);
            assertThat(rig.journal.view().spaceLow()).isTrue();
            assertThat(rig.journal.view().reason()).contains("999", "1000");
            CompletableFuture<Position> plain = rig.journal.append(Entry.plain(Rig.record(2)));
            assertThat(plain).as("refused at once").isCompletedExceptionally();
            assertThat(Rig.failure(plain).reason()).isEqualTo(Reason.DISK);
            Rig.durable(rig.journal.append(new Entry(Rig.record(3), Room.closing(CLOSING))));
            rig.disk.usable(1_000);
            Rig.until(() -> rig.journal.view().state() == State.OK);
            rig.append(Rig.record(4));
        }
        assertRecords(3);
    }

    /** No further segment can be made: openings are taken while all their closings fit, and every closing lands. */
    @Test
    void everyClosingRecordHasItsRoom() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.append(Rig.record(0));
            Rig.until(() -> rig.directory.resolve("next.segment").toFile().length() == Rig.SEGMENT);
            Rig.until(() -> rig.disk.forced.get() >= 3);
            rig.disk.opens(FaultyDisk.with(NO_SPACE));
            int opened = 0;
            CompletableFuture<Position> opening = opening(rig);
            while (landed(opening)) {
                opened++;
                opening = opening(rig);
            }
            assertThat(opened).isBetween(Rig.SEGMENT / 1_300, 2 * Rig.SEGMENT / 1_000);
            for (int i = 0; i < opened; i++) {
                Rig.durable(rig.journal.append(new Entry(Rig.record(i, 600), Room.closing(CLOSING))));
            }
            assertThat(rig.journal.view().reservedBytes()).isZero();
            rig.disk.works();
            Rig.until(() -> landed(opening(rig)));
        }
        assertThat(verified().sound()).isTrue();
    }

    private static CompletableFuture<Position> opening(Rig rig) {
        return rig.journal.append(new Entry(Rig.record(1), Room.opening(CLOSING)));
    }

    private static boolean landed(CompletableFuture<Position> future) {
        return future.handle((position, failure) -> failure == null).join();
    }

    @Test
    void aFailingRenameIsTriedAgain() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 5);
            rig.disk.moves(FaultyDisk.with(NO_SPACE));
            int landed = 5;
            while (landed(rig.journal.append(Entry.plain(Rig.record(landed, 2_000))))) {
                landed++;
            }
            assertThat(rig.journal.view().state()).isEqualTo(State.FULL);
            rig.disk.works();
            Rig.until(() -> rig.journal.view().state() == State.OK);
            assertThat(rig.append(Rig.record(1, 2_000)).seq()).isEqualTo(landed + 1);
        }
        assertThat(verified().sound()).isTrue();
    }

    @Test
    void aFaultThatComesAndGoesLosesNothingThatWasPromised() {
        AtomicInteger calls = new AtomicInteger();
        FaultyDisk.Failing sometimes = () -> {
            if (calls.incrementAndGet() % 7 == 0) {
                throw new IOException("Input/output error");
            }
        };
        List<Long> promised = new ArrayList<>();
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.disk.writes(sometimes);
            rig.disk.forces(sometimes);
            for (int i = 0; i < 200; i++) {
                int amount = i;
                rig.journal
                        .append(Entry.plain(Rig.record(i, 500)))
                        .handle((position, failure) -> {
                            if (failure == null) {
                                promised.add(position.seq() << 32 | amount);
                            }
                            return null;
                        })
                        .join();
                Rig.until(() -> rig.journal.view().state() == State.OK);
            }
            rig.disk.works();
        }
        assertThat(promised).hasSizeGreaterThan(50);
        List<Long> found = new Rig(temp.resolve("journal"))
                .records().stream()
                        .map(it -> it.seq() << 32 | it.record().path("amount").longValue())
                        .toList();
        assertThat(found).isEqualTo(promised);
        assertThat(verified().sound()).isTrue();
    }

    @Test
    void aSlowForceOnlyDelays() {
        Semaphore slow = new Semaphore(0);
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.disk.forces(slow::acquireUninterruptibly);
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(rig.journal.append(Entry.plain(Rig.record(i))));
            }
            assertThat(futures).noneMatch(CompletableFuture::isDone);
            assertThat(rig.journal.view().backlogBytes()).isPositive();
            slow.release(1_000);
            futures.forEach(Rig::durable);
            assertThat(rig.journal.view().fsync().lastNanos()).isPositive();
            assertThat(rig.journal.view().backlogBytes()).isZero();
        }
        assertRecords(100);
    }

    @Test
    void aFullQueueWaitsAWhileAndThenRefuses() {
        CountDownLatch hang = new CountDownLatch(1);
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 10_000, 1_000)
                .open()) {
            rig.disk.forces(() -> awaits(hang));
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                futures.add(rig.journal.append(Entry.plain(Rig.record(i, 1_000))));
            }
            CompletableFuture<Position> closing = rig.journal.append(new Entry(Rig.record(9, 1_000), Room.closing(0)));
            assertThat(futures.get(29)).as("beyond the line").isCompletedExceptionally();
            assertThat(rig.journal.view().state()).isEqualTo(State.WAITING);
            Rig.until(() -> futures.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .count()
                    > 15);
            assertThat(Rig.failure(futures.get(29)).reason()).isEqualTo(Reason.FULL);
            hang.countDown();
            Rig.durable(closing);
            Rig.durable(futures.get(0));
            Rig.until(() -> futures.stream().allMatch(CompletableFuture::isDone));
            assertThat(rig.journal.view().state()).isEqualTo(State.OK);
            assertThat(rig.journal.view().backlogBytes()).isZero();
        }
    }

    @Test
    void whatWaitsInTheLineIsTakenWhenThereIsRoom() {
        CountDownLatch hang = new CountDownLatch(1);
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 10_000, 1_000)
                .open()) {
            rig.disk.forces(() -> awaits(hang));
            List<CompletableFuture<Position>> futures = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                futures.add(rig.journal.append(Entry.plain(Rig.record(i, 600))));
            }
            hang.countDown();
            futures.forEach(Rig::durable);
        }
        assertRecords(14);
    }

    @Test
    void closingABrokenJournalFailsWhatWaits() {
        Rig rig = new Rig(temp.resolve("journal")).open();
        rig.write(0, 2);
        rig.disk.writes(FaultyDisk.with("Read-only file system"));
        CompletableFuture<Position> closing = rig.journal.append(new Entry(Rig.record(3), Room.closing(0)));
        Rig.until(() -> rig.journal.view().state() == State.READ_ONLY);
        rig.close();
        assertThat(Rig.failure(closing).reason()).isEqualTo(Reason.CLOSED);
        assertThat(rig.failures).as("the snapshot could not be written").hasSize(1);
        try (Rig again = new Rig(rig.directory).open()) {
            assertThat(again.tally.sums()).isEqualTo(rig.tally.sums());
        }
    }

    private static void awaits(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private Verification.Result verified() {
        return Verification.of(Segments.in(temp.resolve("journal")), (records, bytes) -> true);
    }

    private void assertRecords(long expected) {
        Verification.Result result = verified();
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.records()).isEqualTo(expected);
        assertThat(result.last()).isEqualTo(expected);
    }
}
