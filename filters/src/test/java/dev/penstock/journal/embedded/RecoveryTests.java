package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTests {

    @TempDir
    Path temp;

    @Test
    void aJournalThatIsCutAnywhereKeepsWhatIsWhole() throws IOException {
        List<Stored> stored;
        try (Rig rig = new Rig(temp.resolve("whole")).open()) {
            rig.write(0, 6);
            stored = rig.records();
            rig.copy(temp.resolve("cut"));
        }
        byte[] whole = Files.readAllBytes(temp.resolve("cut").resolve(Segments.name(1)));
        long end = stored.get(5).next().offset();
        for (int cut = 0; cut <= end; cut++) {
            clear(temp.resolve("cut"));
            Files.write(temp.resolve("cut").resolve(Segments.name(1)), Arrays.copyOf(whole, cut));
            long bytes = cut;
            long kept =
                    stored.stream().filter(it -> it.next().offset() <= bytes).count();
            boolean torn = kept < 6 && stored.get((int) kept).place().offset() < cut;
            try (Rig rig = new Rig(temp.resolve("cut")).open()) {
                rig.append(Rig.record(1));
                List<Stored> found = rig.records();
                assertThat(found.size()).as("records after a cut at %d", cut).isEqualTo(kept + (torn ? 2 : 1));
                if (torn) {
                    assertThat(found.get((int) kept).record().path("type").stringValue())
                            .isEqualTo("journal.truncated");
                }
                assertThat(rig.damage).isEmpty();
                assertSound(rig.directory);
            }
        }
    }

    @Test
    void aChangedBitIsDamageUnlessItIsInTheLastBatch() throws IOException {
        List<Stored> stored;
        try (Rig rig = new Rig(temp.resolve("whole")).open()) {
            rig.write(0, 20);
            stored = rig.records();
            rig.copy(temp.resolve("flipped"));
        }
        byte[] whole = Files.readAllBytes(temp.resolve("flipped").resolve(Segments.name(1)));
        long end = stored.get(19).next().offset();
        long seed = System.nanoTime();
        System.out.println("aChangedBitIsDamage seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int bit = random.nextInt((int) end * 8);
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            clear(temp.resolve("flipped"));
            Files.write(temp.resolve("flipped").resolve(Segments.name(1)), flipped);
            Rig rig = new Rig(temp.resolve("flipped"));
            if (bit / 8 >= stored.get(19).place().offset()) {
                rig.open();
                rig.close();
                assertThat(rig.records()).as("bit %d", bit).hasSize(20);
                assertThat(rig.records().get(19).record().path("type").stringValue())
                        .isEqualTo("journal.truncated");
            } else {
                refusedAsDamaged(rig);
                accepted(rig.directory, 19);
            }
        }
    }

    private static void refusedAsDamaged(Rig rig) {
        assertThatThrownBy(rig::open)
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.DAMAGED))
                .hasMessageContaining(".seg at offset ");
    }

    private static void accepted(Path directory, int readable) {
        try (Rig rig = new Rig(directory).acceptingCorruption().open()) {
            rig.append(Rig.record(1));
            assertThat(rig.tally.told()).isGreaterThan(readable);
            assertThat(rig.journal.view().damaged()).isTrue();
            assertThat(rig.records())
                    .extracting(it -> it.record().path("type").asString(""))
                    .contains("journal.corruption_accepted");
        }
        try (Rig again = new Rig(directory).open()) {
            assertThat(again.tally.told())
                    .as("a snapshot stands for what was accepted")
                    .isZero();
        }
        assertThat(Verification.of(Segments.in(directory), (records, bytes) -> true)
                        .sound())
                .isFalse();
    }

    @Test
    void aLastBatchWhosePagesCameOutOfOrderIsTorn() throws IOException {
        Rig rig = withOneBatchAtItsEnd();
        Rig torn = rig.copy(temp.resolve("torn"));
        List<Stored> stored = rig.records();
        rig.close();
        try (FileChannel file = FileChannel.open(torn.directory.resolve(Segments.name(1)), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(700), stored.get(30).place().offset());
        }
        torn.open();
        assertThat(torn.append(Rig.record(1)).seq())
                .as("thirty, the note, this one")
                .isEqualTo(32);
        assertThat(torn.damage).isEmpty();
        torn.close();
        assertSound(torn.directory);
    }

    /** Records 4 to 39 by one force; a writer that got no processor for a while makes two batches of them, and is asked again. */
    private Rig withOneBatchAtItsEnd() throws IOException {
        for (int tries = 0; ; tries++) {
            Rig rig = new Rig(temp.resolve("journal" + tries)).open();
            rig.write(0, 3);
            AtomicInteger forced = new AtomicInteger();
            AtomicBoolean offered = new AtomicBoolean();
            rig.disk.forces(() -> {
                forced.incrementAndGet();
                Rig.until(offered::get);
            });
            rig.journal.append(Entry.plain(Rig.record(3)));
            Rig.until(() -> forced.get() > 0);
            List<CompletableFuture<?>> batch = new ArrayList<>();
            for (int i = 4; i < 40; i++) {
                batch.add(rig.journal.append(Entry.plain(Rig.record(i))));
            }
            offered.set(true);
            batch.forEach(CompletableFuture::join);
            int forces = forced.get();
            rig.disk.works();
            if (forces == 2) {
                return rig;
            }
            rig.close();
            assertThat(tries).as("'%s' forces at once", forces).isLessThan(20);
        }
    }

    @Test
    void aSnapshotAndTheRestComeToTheSameAsAllRecords() throws IOException {
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 1 << 20, 37)
                .open()) {
            for (int i = 0; i < 500; i++) {
                rig.append(Rig.record(i, i % 50 * 20));
            }
            Rig.until(() -> snapshots(rig.directory).size() == 2);
            Rig copy = rig.copy(temp.resolve("copy"));
            Rig all = rig.copy(temp.resolve("all"));
            for (Path snapshot : snapshots(all.directory)) {
                Files.delete(snapshot);
            }
            copy.open();
            all.open();
            assertThat(copy.tally.sums()).isEqualTo(all.tally.sums()).isEqualTo(rig.tally.sums());
            assertThat(all.tally.told()).isEqualTo(500);
            assertThat(copy.tally.told()).isLessThan(400);
            copy.close();
            all.close();
        }
    }

    @Test
    void aBrokenSnapshotLeavesTheOneBefore() throws IOException {
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 1 << 20, 10)
                .open()) {
            rig.write(0, 200);
            Rig.until(() -> snapshots(rig.directory).size() == 2);
        }
        List<Path> snapshots = snapshots(temp.resolve("journal"));
        Path newest = snapshots.get(snapshots.size() - 1);
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 4;
        Files.write(newest, bytes);
        try (Rig again = new Rig(temp.resolve("journal")).open()) {
            assertThat(again.tally.last()).isEqualTo(200);
            assertThat(again.tally.told()).isBetween(1L, 190L);
        }
    }

    @Test
    void recordsThatASnapshotKnowsMustBeThere() throws IOException {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 20);
        }
        Path segment = temp.resolve("journal").resolve(Segments.name(1));
        long cut = new Rig(temp.resolve("journal")).records().get(15).place().offset() + 11;
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(cut);
        }
        refusedAsDamaged(new Rig(temp.resolve("journal")));
        try (Rig rig = new Rig(temp.resolve("journal")).acceptingCorruption().open()) {
            assertThat(rig.append(Rig.record(1)).seq())
                    .as("no number is given twice")
                    .isGreaterThan(20);
        }
    }

    @Test
    void olderSegmentsAreLookedAtInTheBackground() throws IOException {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            for (int i = 0; i < 200; i++) {
                rig.append(Rig.record(i, 1000));
            }
        }
        try (FileChannel file =
                FileChannel.open(temp.resolve("journal").resolve(Segments.name(1)), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("!".getBytes(StandardCharsets.UTF_8)), 3_000);
        }
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            Rig.until(() -> rig.journal.view().damaged());
            Rig.until(() -> !rig.damage.isEmpty());
            assertThat(rig.damage.peek().segment()).isEqualTo(Segments.name(1));
            rig.append(Rig.record(1));
        }
    }

    @Test
    void recoveryReadsOnlyFromTheSnapshot() throws IOException {
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 1 << 20, 100)
                .open()) {
            for (int i = 0; i < 1_050; i++) {
                rig.append(Rig.record(i, 1000));
            }
            Rig.until(() -> snapshots(rig.directory).size() == 2);
            Rig copy = rig.copy(temp.resolve("copy"));
            List<Long> firsts = Segments.in(copy.directory).firsts();
            for (long first : firsts.subList(0, firsts.size() / 2)) {
                Files.write(Segments.in(copy.directory).file(first), new byte[] {1, 2, 3});
            }
            copy.open();
            assertThat(copy.tally.sums()).isEqualTo(rig.tally.sums());
            copy.close();
        }
    }

    private static void assertSound(Path directory) {
        Verification.Result result = Verification.of(Segments.in(directory), (records, bytes) -> true);
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.tornBytes()).isZero();
    }

    private static List<Path> snapshots(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("snapshot-.*"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
