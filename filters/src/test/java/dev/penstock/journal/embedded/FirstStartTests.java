package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalView.State;
import dev.penstock.journal.Position;
import dev.penstock.journal.Room;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal that begins is open before its first segment is laid out; no record lands before that. */
@Timeout(value = 40, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FirstStartTests {

    private static final int SEGMENT = 4 << 20;
    private static final int CLOSING = 1_000;

    @TempDir
    Path temp;

    @Test
    void openingWaitsForNoSegment() {
        Semaphore slow = new Semaphore(0);
        Rig rig = rig();
        rig.disk.forces(() -> take(slow));
        rig.open();
        assertThat(rig.journal.view().state()).isEqualTo(State.OK);
        assertThat(rig.records(rig.journal.segments())).isEmpty();
        CompletableFuture<Position> first = rig.journal.append(new Entry(Rig.record(1), Room.opening(CLOSING)));
        Rig.until(slow::hasQueuedThreads);
        assertThat(first).isNotDone();
        slow.release(1_000);
        assertThat(Rig.durable(first).seq()).isEqualTo(1);
        assertThat(Segments.in(rig.directory).file(1)).hasSize(SEGMENT);
        rig.close();
        assertSound(1);
    }

    /** On a disk that takes 100 ms to force, one force is soon and one for each of 64 slices is not. */
    @Test
    void theFirstSegmentIsForcedOnce() {
        AtomicInteger before = new AtomicInteger();
        Rig rig = rig();
        Path first = Segments.in(rig.directory).file(1);
        rig.disk.forces(() -> before.addAndGet(Files.exists(first) ? 0 : 1));
        rig.open();
        rig.append(Rig.record(1));
        assertThat(before).as("forces before the segment had its name").hasValue(1);
        rig.close();
        assertSound(1);
    }

    @Test
    void aDiskThatFailsAtFirstIsTriedAgain() {
        Rig rig = rig();
        rig.disk.writes(FaultyDisk.with("No space left on device"));
        rig.open();
        CompletableFuture<Position> closing = rig.journal.append(new Entry(Rig.record(1), Room.closing(0)));
        Rig.until(() -> rig.journal.view().state() == State.FULL);
        assertThat(rig.journal.append(new Entry(Rig.record(2), Room.opening(CLOSING))))
                .as("refused at once")
                .isCompletedExceptionally();
        assertThat(closing).isNotDone();
        rig.disk.works();
        assertThat(Rig.durable(closing).seq()).isEqualTo(1);
        Rig.until(() -> rig.journal.view().state() == State.OK);
        assertThat(rig.append(Rig.record(3)).seq()).isEqualTo(2);
        assertThat(rig.states).containsExactly(State.FULL, State.OK);
        rig.close();
        assertSound(2);
    }

    @Test
    void nothingIsLeftOfABeginningThatWasKilled() throws IOException {
        Path journal = Files.createDirectories(temp.resolve("journal"));
        Files.write(journal.resolve("next.segment"), new byte[SEGMENT / 3]);
        try (Rig rig = rig().open()) {
            assertThat(rig.append(Rig.record(1)).seq()).isEqualTo(1);
            assertThat(rig.records()).extracting(Stored::seq).containsExactly(1L);
        }
        assertSound(1);
    }

    @Test
    void aJournalThatWasNeverWrittenIsClosedAndOpenedAgain() {
        rig().open().close();
        assertSound(0);
        try (Rig again = rig().open()) {
            again.write(0, 3);
        }
        assertSound(3);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Files.write(temp.resolve("journal"), new byte[] {1});
        assertThatThrownBy(() -> rig().open()).hasMessageContaining("cannot be opened");
    }

    private static void take(Semaphore forces) throws IOException {
        try {
            forces.acquire();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private Rig rig() {
        return new Rig(temp.resolve("journal")).limits(SEGMENT, 64 << 20, Integer.MAX_VALUE);
    }

    private void assertSound(long records) {
        Verification.Result result = Verification.of(Segments.in(temp.resolve("journal")), (read, bytes) -> true);
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.records()).isEqualTo(records);
    }
}
