package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.AuditLog;
import dev.penstock.audit.CheckpointsConfig;
import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Evidence;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.checkpoint.TrailVerification;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What is too old goes, what a hold touches stays, and everything can be proven as before. */
class RetentionTests {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RECORDS = 600;
    private static final Duration KEEP = Duration.ofDays(1);

    @TempDir
    private Path data;

    private final SigningKey key = SigningKey.of("penstock/test-1", SigningKey.draw());
    private final List<Note> kept = new ArrayList<>();
    private EmbeddedJournal journal;
    private CheckpointFile checkpoints;
    private Holds holds;
    private LongSupplier shipped = () -> Long.MAX_VALUE;
    private Consumer<String> release = name -> {};

    @BeforeEach
    void aRecordAMinuteIsWritten() throws IOException {
        Limits limits = new Limits(
                32 << 10,
                64 << 20,
                Duration.ofMillis(250),
                4 << 10,
                1_000,
                50,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                0);
        journal = EmbeddedJournal.open(
                JournalConfig.of(data.resolve("journal"), "test-1", at(BEGIN)).with(limits), List.of());
        checkpoints = new CheckpointFile(data);
        holds = new Holds(data);
        for (int i = 0; i < RECORDS; i++) {
            ObjectNode record = Json.object().put("type", "test").put("time", time(i).toString());
            record.putObject("who").put("service", i == 100 || i == 300 ? "rare" : "usual");
            journal.append(Entry.plain(record.put("text", "x".repeat(200)))).join();
            if (i % 20 == 19) {
                Note note = key.sign(Checkpoint.of("test-1", journal.tree(), time(i)));
                kept.add(note);
                checkpoints.add(note);
            }
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void whatIsTooOldGoesAndEveryCheckpointStillMatches() throws IOException {
        List<Long> before = journal.segments().firsts();
        runUntil(
                at(time(400).plus(KEEP)),
                1 + before.stream().filter(first -> first > 400).count());
        assertThat(journal.segments().firsts().get(0)).isBetween(300L, 401L);
        TrailVerification.Found found = verified();
        assertThat(found.sound()).as(found.toString()).isTrue();
        assertThat(found.matching()).isEqualTo(kept.size());
        assertThat(recorded("retention.deleted"))
                .hasSize(before.size()
                        - (int) before.stream().filter(first -> first > 400).count()
                        - 1);
        assertThat(checkpoints.all()).isNotEmpty();
    }

    @Test
    void nothingGoesThatIsNotOld() {
        run(at(time(0).plus(KEEP)));
        assertThat(journal.segments().firsts().get(0)).isEqualTo(1);
        assertThat(recorded("retention.deleted")).isEmpty();
    }

    @Test
    void aHoldKeepsTheSegmentsOfItsRecordsAndNoOthers() throws IOException {
        long held = holding(101);
        Hold hold = new Hold("h1", "rare", BEGIN, time(200), "a case", BEGIN);
        holds.add(hold);
        List<Long> before = journal.segments().firsts();
        long left = before.stream().filter(first -> first > 500).count() + 1;
        runUntil(at(time(500).plus(KEEP)), left + 1);
        assertThat(journal.segments().firsts()).contains(held);
        TrailVerification.Found found = verified();
        assertThat(found.sound()).as(found.toString()).isTrue();
        assertThat(new Holds(data).all()).as("over a restart").containsExactly(hold);

        assertThat(holds.lift("h1")).contains(hold);
        runUntil(at(time(500).plus(KEEP)), left);
        assertThat(verified().sound()).isTrue();
    }

    /** Shippers are asked when the holds were looked at: of the one that is placed then the segment's records know nothing. */
    @Test
    void aHoldThatIsPlacedBetweenTheLookAtAllHoldsAndTheDeletionKeepsTheSegment() throws IOException {
        long held = holding(101);
        holds.add(new Hold("h1", "rare", BEGIN, time(200), "a case", BEGIN));
        long left = journal.segments().firsts().stream()
                        .filter(first -> first > 500)
                        .count()
                + 1;
        runUntil(at(time(500).plus(KEEP)), left + 1);
        holds.lift("h1");
        shipped = () -> {
            place(new Hold("h2", "usual", BEGIN, time(200), "another", BEGIN));
            shipped = () -> Long.MAX_VALUE;
            return Long.MAX_VALUE;
        };
        run(at(time(500).plus(KEEP)));
        assertThat(journal.segments().firsts()).contains(held).hasSize((int) left + 1);
        assertThat(holds.all()).extracting(Hold::id).containsExactly("h2");
        holds.lift("h2");
        run(at(time(500).plus(KEEP)));
        assertThat(journal.segments().firsts())
                .as("nothing else kept it")
                .doesNotContain(held)
                .hasSize((int) left);
    }

    @Test
    void nothingGoesThatARequiredShipperDoesNotHave() throws IOException {
        List<Long> before = journal.segments().firsts();
        shipped = () -> before.get(3) - 2;
        runUntil(at(time(500).plus(KEEP)), before.size() - 2);
        assertThat(journal.segments().firsts().get(0)).isEqualTo(before.get(2));
        shipped = () -> before.get(3) - 1;
        runUntil(at(time(500).plus(KEEP)), before.size() - 3);
        assertThat(journal.segments().firsts().get(0)).isEqualTo(before.get(3));
        assertThat(verified().sound()).isTrue();
    }

    @Test
    void textsGoWithTheirAgeAndStayUnderAHoldOfTheirTime() throws IOException {
        Path folder = Files.createDirectories(data.resolve("content"));
        Path early = text(folder, time(10));
        Path late = text(folder, time(300));
        holds.add(new Hold("h1", "rare", time(5), time(20), "a case", BEGIN));
        run(at(time(200).plus(KEEP)));
        assertThat(early).exists();
        assertThat(late).exists();
        holds.lift("h1");
        run(at(time(200).plus(KEEP)));
        assertThat(early).doesNotExist();
        assertThat(late).exists();
    }

    @Test
    void aFileOfTextsThatGoesIsReleasedBeforeAndStaysWithATextOfMeanwhile() throws IOException {
        Path folder = Files.createDirectories(data.resolve("content"));
        Path early = text(folder, time(10));
        Path busy = text(folder, time(20));
        text(folder, time(300));
        List<String> released = new ArrayList<>();
        release = name -> {
            released.add(name);
            assertThat(folder.resolve(name)).exists();
            if (folder.resolve(name).equals(busy)) {
                text(folder, time(20), time(250));
            }
        };
        run(at(time(200).plus(KEEP)));
        assertThat(released)
                .containsExactlyInAnyOrder(
                        early.getFileName().toString(), busy.getFileName().toString());
        assertThat(early).doesNotExist();
        assertThat(busy).exists();
    }

    @Test
    void aHoldThatIsPlacedWhileTextsGoKeepsThoseThatAreLeft() throws IOException {
        Path folder = Files.createDirectories(data.resolve("content"));
        List<Path> files = List.of(text(folder, time(10)), text(folder, time(20)), text(folder, time(30)));
        List<String> released = new ArrayList<>();
        release = name -> {
            released.add(name);
            if (released.size() == 2) {
                place(new Hold("h1", "", BEGIN, time(200), "a case", BEGIN));
            }
        };
        run(at(time(200).plus(KEEP)));
        assertThat(files.stream()
                        .filter(Files::exists)
                        .map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(released.subList(1, 3));
    }

    private void place(Hold hold) {
        try {
            holds.add(hold);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void ofOldCheckpointsOneInTenMinutesStays() {
        for (int minute = RECORDS; minute < RECORDS + 20; minute++) {
            add(time(minute));
        }
        run(at(time(RECORDS).plus(Duration.ofDays(6))));
        assertThat(checkpoints.all()).as("all are young").hasSize(kept.size() + 20);
        run(at(time(RECORDS).plus(Duration.ofDays(30))));
        assertThat(checkpoints.all().stream()
                        .map(note -> note.checkpoint().orElseThrow().time().orElseThrow())
                        .skip(kept.size()))
                .as("every twentieth minute stood alone")
                .containsExactly(time(RECORDS + 9), time(RECORDS + 19));
    }

    private void add(Instant time) {
        try {
            checkpoints.add(key.sign(Checkpoint.of("test-1", journal.tree(), time)));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Path text(Path folder, Instant time) {
        return text(folder, time, time);
    }

    private static Path text(Path folder, Instant begin, Instant end) {
        try {
            Path file = Files.writeString(folder.resolve(String.format("%016d.content", begin.toEpochMilli())), "x");
            return Files.setLastModifiedTime(file, FileTime.from(end));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private long holding(long seq) {
        return journal.segments().firsts().stream()
                .filter(first -> first <= seq)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private void run(Clock clock) {
        AuditConfig config = new AuditConfig(
                AuditConfig.Content.NONE,
                AuditConfig.Completion.ASYNC,
                AuditConfig.Mode.STRICT,
                new CheckpointsConfig(""),
                KEEP,
                List.of());
        Settings settings = new Settings("hash", Map.of(AuditConfig.class, config));
        AuditLog log = new AuditLog(journal, clock);
        new Retention(
                        journal,
                        checkpoints,
                        holds,
                        log,
                        () -> settings,
                        new OldTexts(data.resolve("content"), release),
                        clock,
                        () -> shipped.getAsLong())
                .run();
    }

    /** The snapshot that stands for the records is written beside. */
    private void runUntil(Clock clock, long segments) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (journal.segments().firsts().size() != segments) {
            run(clock);
            assertThat(System.nanoTime())
                    .as("%s, expected %d", journal.segments().firsts(), segments)
                    .isLessThan(deadline);
        }
    }

    private List<ObjectNode> recorded(String type) {
        journal.append(Entry.plain(Json.object()
                        .put("type", "last")
                        .put("time", time(RECORDS).toString())))
                .join();
        List<ObjectNode> found = new ArrayList<>();
        TrailVerification.of(journal.segments(), List.of(), new dev.penstock.journal.segment.Verification.Progress() {
            @Override
            public boolean at(long records, long bytes) {
                return true;
            }

            @Override
            public void record(dev.penstock.journal.segment.Stored stored, String hash) {
                if (Json.string(stored.record(), "type").equals(type)) {
                    found.add(stored.record());
                }
            }
        });
        return found;
    }

    private TrailVerification.Found verified() {
        Segments segments = journal.segments();
        return TrailVerification.of(
                segments, List.of(new Evidence("kept", kept, key.verifier())), (records, bytes) -> true);
    }

    private static Instant time(int record) {
        return BEGIN.plus(Duration.ofMinutes(record));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
