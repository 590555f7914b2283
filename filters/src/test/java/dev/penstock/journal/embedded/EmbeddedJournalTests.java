package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.JournalView.State;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.RealDisk;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class EmbeddedJournalTests {

    @TempDir
    Path temp;

    @Test
    void aRecordIsFoundAsItWasGiven() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            Position position = rig.append(Rig.record(7, 100));
            Stored stored = rig.records(rig.journal.segments()).get(0);
            ObjectNode expected = Json.object();
            expected.put("chain", "test-1");
            expected.put("seq", 1);
            expected.put("prev", "0".repeat(64));
            expected.setAll(Rig.record(7, 100));
            assertThat(new String(stored.payload(), StandardCharsets.UTF_8))
                    .isEqualTo(Json.LENIENT_DEPTH.text(expected));
            assertThat(position).isEqualTo(new Position("test-1", 1, stored.hash()));
        }
    }

    @Test
    void anEmptyRecordIsARecord() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.append(Json.object());
            rig.append(Rig.record(1));
            assertThat(rig.records().get(0).record().propertyNames()).containsExactly("chain", "seq", "prev");
            assertThat(rig.records()).hasSize(2);
        }
    }

    @Test
    void theChainGoesOnOverBoots() {
        List<String> hashes = new ArrayList<>();
        for (int boot = 0; boot < 4; boot++) {
            try (Rig rig = new Rig(temp.resolve("journal")).open()) {
                assertThat(rig.tally.last()).isEqualTo(boot * 10);
                rig.write(boot * 10, boot * 10 + 9);
                hashes.add(rig.append(Rig.record(boot * 10 + 9)).hash());
            }
        }
        Verification.Result result = Verification.of(Segments.in(temp.resolve("journal")), (records, bytes) -> true);
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.records()).isEqualTo(40);
        assertThat(result.first()).isEqualTo(1);
        assertThat(result.last()).isEqualTo(40);
        assertThat(result.hash()).isEqualTo(hashes.get(3));
    }

    @Test
    void foldsKnowARecordBeforeItsFutureCompletes() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            CompletableFuture<Long> seen =
                    rig.journal.append(Entry.plain(Rig.record(5))).thenApply(position -> rig.tally.last());
            assertThat(seen.join()).isEqualTo(1);
        }
    }

    @Test
    void manySegmentsAreOneJournal() {
        Path directory = temp.resolve("journal");
        try (Rig rig = new Rig(directory).open()) {
            for (int i = 0; i < 400; i++) {
                rig.append(Rig.record(i, 1000));
            }
            assertThat(rig.journal.view().segments()).isGreaterThan(10);
            assertThat(rig.records(rig.journal.segments()))
                    .extracting(Stored::seq)
                    .hasSize(400)
                    .isSorted();
            assertThat(rig.damage).isEmpty();
        }
        Verification.Result result = Verification.of(Segments.in(directory), (records, bytes) -> true);
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.records()).isEqualTo(400);
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedAlone() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            CompletableFuture<Position> large = rig.journal.append(Entry.plain(Rig.record(1, Rig.SEGMENT)));
            CompletableFuture<Position> small = rig.journal.append(Entry.plain(Rig.record(2)));
            assertThat(Rig.failure(large).reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(Rig.durable(small).seq()).isEqualTo(1);
        }
    }

    @Test
    void theWritersMembersAreTheWriters() {
        ObjectNode record = Json.object();
        record.put("seq", 12);
        assertThatThrownBy(() -> Entry.plain(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seq");
    }

    @Test
    void aDirectoryHasOneWriter() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            assertThatThrownBy(() -> new Rig(rig.directory).open())
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.LOCKED));
        }
    }

    @Test
    void anothersJournalIsNotTaken() {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 3);
        }
        JournalConfig other = JournalConfig.of(temp.resolve("journal"), "test-2", Clock.systemUTC());
        assertThatThrownBy(() -> EmbeddedJournal.open(other, List.of()))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_CHAIN));
    }

    @Test
    void closingDrains() {
        Rig rig = new Rig(temp.resolve("journal")).open();
        List<CompletableFuture<Position>> futures = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            futures.add(rig.journal.append(Entry.plain(Rig.record(i))));
        }
        rig.close();
        assertThat(futures).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        assertThat(Rig.failure(rig.journal.append(Entry.plain(Rig.record(1)))).reason())
                .isEqualTo(Reason.CLOSED);
        assertThat(rig.journal.view().state()).isEqualTo(State.CLOSED);
        try (Rig again = new Rig(rig.directory).open()) {
            assertThat(again.tally.sums()).isEqualTo(rig.tally.sums());
            assertThat(again.tally.told()).as("replayed after a clean close").isZero();
        }
    }

    @Test
    void filesAreTheOwnersAlone() throws Exception {
        try (Rig rig = new Rig(temp.resolve("journal")).open()) {
            rig.write(0, 1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.directory)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(rig.directory.resolve(Segments.name(1)))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void segmentsBeforeTheSnapshotsMayBeForgotten() throws Exception {
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(Rig.SEGMENT, 1 << 20, 50)
                .open()) {
            for (int i = 0; i < 400; i++) {
                rig.append(Rig.record(i, 1000));
            }
            List<Long> firsts = rig.journal.segments().firsts();
            Rig.until(() -> forgets(rig, firsts.get(0)));
            assertThat(forgets(rig, firsts.get(3))).isTrue();
            assertThat(rig.records().get(0).seq()).isEqualTo(firsts.get(1));
            assertThat(rig.damage).as("what was deleted by rule is no damage").isEmpty();
        }
        try (Rig again = new Rig(temp.resolve("journal")).open()) {
            assertThat(again.tally.last()).isEqualTo(400);
            Verification.Result result = Verification.of(again.journal.segments(), (records, bytes) -> true);
            assertThat(result.sound()).as(result.toString()).isTrue();
        }
    }

    @Test
    void theTreeIsTheSameAfterARestartAndAfterAVersionThatKeptNone() throws Exception {
        Path directory = temp.resolve("journal");
        MerkleTree before;
        try (Rig rig = new Rig(directory).limits(Rig.SEGMENT, 1 << 20, 50).open()) {
            for (int i = 0; i < 120; i++) {
                rig.append(Rig.record(i, 1000));
            }
            before = rig.journal.tree();
            assertThat(before.size()).isEqualTo(120);
        }
        try (Rig again = new Rig(directory).open()) {
            assertThat(again.journal.tree().text()).isEqualTo(before.text());
        }
        Snapshots snapshots = new Snapshots(directory, new RealDisk());
        Snapshot known = snapshots.load().orElseThrow();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path old : files.filter(it -> it.toString().endsWith(".json")).toList()) {
                Files.delete(old);
            }
        }
        snapshots.save(new Snapshot(known.chain(), known.last(), null, known.folds()));
        try (Rig older = new Rig(directory).open()) {
            assertThat(older.journal.tree().text()).isEqualTo(before.text());
        }
    }

    /** False while the snapshots that would stand for the records are still being written. */
    private static boolean forgets(Rig rig, long before) {
        try {
            return rig.journal.forget(before, new TreeSet<>());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
