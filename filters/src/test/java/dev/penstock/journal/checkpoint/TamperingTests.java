package dev.penstock.journal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.Position;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Deletion.Stretch;
import dev.penstock.journal.segment.Deletions;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.RealDisk;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.journal.tree.MerkleTree;
import dev.penstock.journal.tree.Span;
import dev.penstock.testing.Full;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a trail by somebody who can write its files is found against checkpoints that were taken away, with its place. */
class TamperingTests {

    private static final int COUNT = Integer.getInteger("penstock.full.tamperings", 125);
    private static final int RECORDS = 600;
    private static final int APART = 25;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final Pattern RANGE = Pattern.compile("records (\\d+) to (\\d+)");

    @TempDir
    private static Path temp;

    private static final SigningKey KEY = SigningKey.of("penstock/test-1", SigningKey.draw());
    private static final List<Note> NOTES = new ArrayList<>();
    private static Path trail;

    /** What is done. All but the first leave every checksum right; the last three leave a chain without a flaw. */
    private enum Kind {
        FLIP,
        EDIT,
        DROP,
        SWAP,
        SPLICE,
        REPEAT,
        CUT,
        LOSE_SEGMENT,
        SWAP_SEGMENTS,
        EDIT_AND_CHAIN,
        DROP_AND_CHAIN,
        INSERT_AND_CHAIN,
        DELETE_BY_A_FALSE_RULE
    }

    @BeforeAll
    static void aTrailIsWrittenAndCheckpointsAreTakenAway() {
        trail = temp.resolve("trail");
        try (EmbeddedJournal journal = open(trail)) {
            List<CompletableFuture<Position>> landing = new ArrayList<>();
            for (int i = 1; i <= RECORDS; i++) {
                landing.add(journal.append(Entry.plain(
                        Json.object().put("type", "test").put("amount", i).put("text", "x".repeat(200 + i % 97)))));
                if (i % APART == 0) {
                    landing.forEach(CompletableFuture::join);
                    NOTES.add(KEY.sign(Checkpoint.of("test-1", journal.tree(), CLOCK.instant())));
                }
            }
        }
        assertThat(Segments.in(trail).firsts()).hasSizeGreaterThan(6);
    }

    private static EmbeddedJournal open(Path directory) {
        Limits limits = new Limits(
                32 << 10,
                64 << 20,
                Duration.ofMillis(250),
                4 << 10,
                1_000,
                100,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                0);
        return EmbeddedJournal.open(JournalConfig.of(directory, "test-1", CLOCK).with(limits), List.of());
    }

    @Test
    void whatNobodyTouchedIsSound() {
        TrailVerification.Found found = verify(trail);
        assertThat(found.sound()).as(found.toString()).isTrue();
        assertThat(found.matching()).isEqualTo(NOTES.size());
        assertThat(found.confirmed().orElseThrow().size()).isEqualTo(RECORDS);
    }

    @Test
    @Full(line = "7.1", count = "penstock.full.tamperings")
    void everyTamperingIsFoundAndItsPlaceIsNamed() throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("TamperingTests: " + COUNT + " tamperings by seed " + seed);
        Random random = new Random(seed);
        Map<Kind, Integer> done = new EnumMap<>(Kind.class);
        for (int i = 0; i < COUNT; i++) {
            // each kind at least once, however few there are
            Kind kind = Kind.values()[i < Kind.values().length ? i : random.nextInt(Kind.values().length)];
            Path copy = copy(temp.resolve("tampered"));
            int place = tamper(kind, copy, random);
            TrailVerification.Found found = verify(copy);
            String told =
                    "seed " + seed + ", tampering " + i + ": " + kind + " at record " + place + ": " + found.damage();
            assertThat(found.sound()).as(told).isFalse();
            assertThat(found.damage()).as(told).isNotEmpty();
            assertThat(names(found.damage().get(0), place)).as(told).isTrue();
            done.merge(kind, 1, Integer::sum);
        }
        System.out.println("TamperingTests: all found: " + done);
    }

    /** Whoever looks on is asked once a MiB. */
    @Test
    void aTrailThatWasReadInPartIsNotSoundAndSaysWhereTheReadingEnded() {
        Path longer = temp.resolve("longer");
        try (EmbeddedJournal journal = open(longer)) {
            for (int i = 1; i <= 400; i++) {
                journal.append(Entry.plain(Json.object().put("type", "test").put("text", "x".repeat(3_500))));
            }
        }
        TrailVerification.Found found = TrailVerification.of(Segments.in(longer), List.of(), (records, bytes) -> false);
        assertThat(found.journal().records()).isBetween(1L, 399L);
        assertThat(found.complete()).isFalse();
        assertThat(found.sound()).as(found.toString()).isFalse();
        assertThat(found.intact()).isTrue();
        assertThat(found.wanting())
                .containsExactly("the time was over at record "
                        + found.journal().last() + " (expected: read to the end of the trail)");
        assertThat(TrailVerification.of(Segments.in(longer), List.of(), (records, bytes) -> true)
                        .sound())
                .isTrue();
    }

    @Test
    void aCheckpointOfAnotherKeyOrAnotherJournalProvesNothing() {
        SigningKey other = SigningKey.of("penstock/test-1", SigningKey.draw());
        Evidence forged = new Evidence("f", NOTES, other.verifier());
        assertThat(TrailVerification.of(Segments.in(trail), List.of(forged), (records, bytes) -> true)
                        .forged())
                .hasSize(NOTES.size());
        Evidence foreign =
                new Evidence("f", List.of(KEY.sign(Checkpoint.of("test-2", MerkleTree.EMPTY, CLOCK.instant()))), null);
        TrailVerification.Found found =
                TrailVerification.of(Segments.in(trail), List.of(foreign), (records, bytes) -> true);
        assertThat(found.sound()).isFalse();
        assertThat(found.wanting()).hasSize(1);
        assertThat(found.foreign()).isEqualTo(1);
    }

    @Test
    void aNewestCheckpointThatNobodySignedIsFoundBeforeAnyNumberOfOthers() {
        SigningKey other = SigningKey.of("penstock/test-1", SigningKey.draw());
        Checkpoint of = NOTES.get(NOTES.size() - 1).checkpoint().orElseThrow();
        List<Note> notes = new ArrayList<>(List.of(other.sign(of)));
        Note foreign = other.sign(Checkpoint.of("test-2", MerkleTree.EMPTY, CLOCK.instant()));
        notes.addAll(Collections.nCopies(6_000, foreign));
        Evidence evidence = new Evidence("f", notes, KEY.verifier());
        TrailVerification.Found found =
                TrailVerification.of(Segments.in(trail), List.of(evidence), (records, bytes) -> true);
        assertThat(found.forged()).hasSize(1);
        assertThat(found.foreign()).isEqualTo(6_000);
        assertThat(found.sound()).isFalse();
    }

    @Test
    void segmentsThatWereDeletedByRuleLeaveAllCheckpointsComparable() throws IOException {
        Path copy = copy(temp.resolve("deleted-from"));
        TreeSet<Long> marks = new TreeSet<>();
        NOTES.forEach(note -> marks.add(note.checkpoint().orElseThrow().size()));
        open(copy).close();
        try (EmbeddedJournal journal = open(copy)) {
            List<Long> firsts = journal.segments().firsts();
            assertThat(journal.forget(firsts.get(0), marks)).isTrue();
            assertThat(journal.forget(firsts.get(1), marks)).isTrue();
            assertThat(journal.forget(firsts.get(3), marks)).isTrue();
            assertThat(journal.forget(firsts.get(firsts.size() - 1), marks))
                    .as("the last stays")
                    .isFalse();
        }
        TrailVerification.Found found = verify(copy);
        assertThat(found.untold().orElseThrow().first())
                .as("a segment that nobody recorded to be deleted")
                .isEqualTo(Segments.in(trail).firsts().get(3));
        assertThat(found.sound()).as(found.toString()).isTrue();
        assertThat(found.matching()).isEqualTo(NOTES.size());
        assertThat(found.journal().records()).isLessThan(RECORDS);
    }

    @Test
    void aDeletionThatTheTrailHasARecordOfIsTold() throws IOException {
        Path copy = copy(temp.resolve("deleted-told"));
        open(copy).close();
        try (EmbeddedJournal journal = open(copy)) {
            List<Long> firsts = journal.segments().firsts();
            assertThat(journal.forget(firsts.get(0), new TreeSet<>())).isTrue();
            assertThat(TrailVerification.of(Segments.in(copy), List.of(), (records, bytes) -> true)
                            .untold())
                    .isPresent();
            journal.append(Entry.plain(Json.object()
                            .put("type", "retention.deleted")
                            .put("first", 1)
                            .put("last", firsts.get(1) - 1)))
                    .join();
        }
        assertThat(TrailVerification.of(Segments.in(copy), List.of(), (records, bytes) -> true)
                        .untold())
                .isEmpty();
    }

    /** Anybody who can write the files can put a record behind what was signed. */
    @Test
    void aRecordOfADeletionTellsOnlyOnceACheckpointConfirmsIt() throws IOException {
        Path copy = copy(temp.resolve("deleted-behind"));
        open(copy).close();
        Note newest;
        try (EmbeddedJournal journal = open(copy)) {
            List<Long> firsts = journal.segments().firsts();
            assertThat(journal.forget(firsts.get(0), new TreeSet<>())).isTrue();
            journal.append(Entry.plain(Json.object()
                            .put("type", "retention.deleted")
                            .put("first", 1)
                            .put("last", firsts.get(1) - 1)))
                    .join();
            newest = KEY.sign(Checkpoint.of("test-1", journal.tree(), CLOCK.instant()));
        }
        TrailVerification.Found before = verify(copy);
        assertThat(before.confirmed().orElseThrow().size()).isEqualTo(RECORDS);
        assertThat(before.untold().orElseThrow().first()).isEqualTo(1);
        Evidence since = new Evidence("since", List.of(newest), KEY.verifier());
        assertThat(TrailVerification.of(Segments.in(copy), List.of(since), (records, bytes) -> true)
                        .untold())
                .isEmpty();
    }

    /** What is told of the deleted records claims an end that all checkpoints lie before, be it so or not. */
    @Test
    void aTrailThatWasWrittenAnewBehindAFalseDeletionIsNotSound() throws IOException {
        assertThat(rewritten("anew", 0).damage()).isEmpty();
        assertThat(rewritten("anew", 0).wanting())
                .hasSize(1)
                .first()
                .asString()
                .contains("exported", "could not be compared");
        assertThat(rewritten("far", 999_999_999).damage()).isNotEmpty();
    }

    /** @param end that the deleted part claims, with nothing to show for it; 0 for what fits */
    private static TrailVerification.Found rewritten(String name, long end) throws IOException {
        Path other = temp.resolve(name);
        if (!Files.exists(other)) {
            try (EmbeddedJournal journal = open(other)) {
                for (int i = 1; i <= 2 * RECORDS; i++) {
                    journal.append(Entry.plain(Json.object().put("type", "test").put("other", i)));
                }
            }
            cutBehindAllCheckpoints(other, end);
        }
        TrailVerification.Found found = verify(other);
        assertThat(found.journal().sound()).isTrue();
        assertThat(found.sound()).as(found.toString()).isFalse();
        return found;
    }

    private static void cutBehindAllCheckpoints(Path directory, long end) throws IOException {
        Segments segments = Segments.in(directory);
        Span span = new Span(0);
        String hash = "";
        long next = segments.firsts().stream()
                .filter(it -> it > RECORDS + 1)
                .findFirst()
                .orElseThrow();
        try (SegmentReader reader = segments.read(Place.START, ignored -> {})) {
            for (Stored stored = reader.next().orElseThrow();
                    stored.seq() < next;
                    stored = reader.next().orElseThrow()) {
                hash = stored.hash();
                span.add(hash);
            }
        }
        for (long first : segments.firsts()) {
            if (first < next) {
                Files.delete(segments.file(first));
            }
        }
        Stretch claimed = end == 0 ? new Stretch(next - 1, span.parts()) : new Stretch(end, List.of());
        Deletions.add(directory, new Deletion(1, next - 1, hash, List.of(claimed)), new RealDisk());
    }

    @Test
    void whatIsDeletedByRuleWhileSomebodyReadsIsNoDamage() throws IOException {
        Path copy = copy(temp.resolve("deleted-beside"));
        open(copy).close();
        TreeSet<Long> marks = new TreeSet<>();
        NOTES.forEach(note -> marks.add(note.checkpoint().orElseThrow().size()));
        try (EmbeddedJournal journal = open(copy)) {
            List<Long> firsts = journal.segments().firsts();
            Evidence exported = new Evidence("exported", NOTES, KEY.verifier());
            TrailVerification.Found found =
                    TrailVerification.of(Segments.in(copy), List.of(exported), new Verification.Progress() {
                        @Override
                        public boolean at(long records, long bytes) {
                            return true;
                        }

                        @Override
                        public void record(Stored stored, String hash) {
                            if (stored.seq() == firsts.get(1) + 3) {
                                assertThat(forgets(journal, firsts.get(0), marks))
                                        .isTrue();
                                assertThat(forgets(journal, firsts.get(1), marks))
                                        .isTrue();
                                assertThat(forgets(journal, firsts.get(2), marks))
                                        .isTrue();
                            }
                        }
                    });
            assertThat(found.sound()).as(found.toString()).isTrue();
            assertThat(found.matching()).isEqualTo(NOTES.size());
        }
    }

    private static boolean forgets(EmbeddedJournal journal, long first, TreeSet<Long> marks) {
        try {
            return journal.forget(first, marks);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The range that is told, or the record and the one before it, hold the place; the file is told, too. */
    private static boolean names(Damage damage, int place) {
        assertThat(damage.segment()).matches("\\d{19}\\.seg");
        boolean cut = damage.what().contains("trail ends") || damage.what().endsWith("are missing");
        return damage.seq() - 1 <= place
                && place <= last(damage)
                && place - damage.seq() < APART
                && (cut || last(damage) - damage.seq() < APART);
    }

    private static long last(Damage damage) {
        Matcher range = RANGE.matcher(damage.what());
        return range.find() ? Long.parseLong(range.group(2)) : damage.seq();
    }

    /** The first record that is not what it was. */
    private static int tamper(Kind kind, Path copy, Random random) throws IOException {
        Pages pages = Pages.read(copy);
        int seq = 2 + random.nextInt(RECORDS - 2);
        switch (kind) {
            case FLIP -> flip(copy, seq, pages, random);
            case EDIT -> pages.set(seq, edited(pages.get(seq), random));
            case DROP -> pages.remove(seq);
            case SWAP -> {
                int other = 1 + (seq + random.nextInt(RECORDS - 2)) % RECORDS;
                String one = pages.get(seq);
                pages.set(seq, pages.get(other));
                pages.set(other, one);
                seq = Math.min(seq, other);
            }
            case SPLICE -> pages.insert(seq, pages.get(1 + random.nextInt(RECORDS)));
            case REPEAT -> {
                // behind a segment's last record the segment is over: what lies there is no part of the trail
                seq = pages.firsts().contains(seq + 1L) ? seq - 1 : seq;
                pages.insert(seq, pages.get(seq));
            }
            case CUT -> pages.cut(seq);
            case LOSE_SEGMENT -> {
                List<Long> firsts = pages.firsts();
                seq = Math.toIntExact(firsts.get(random.nextInt(firsts.size())));
                pages.removeSegment(seq);
            }
            case SWAP_SEGMENTS -> seq = swapped(copy, pages.firsts(), random);
            case EDIT_AND_CHAIN -> {
                pages.set(seq, edited(pages.get(seq), random));
                pages.chain(seq);
            }
            case DROP_AND_CHAIN -> {
                pages.remove(seq);
                pages.chain(seq);
            }
            case INSERT_AND_CHAIN -> {
                pages.insert(seq, edited(pages.get(seq), random));
                pages.chain(seq);
            }
            case DELETE_BY_A_FALSE_RULE -> {
                return deleted(copy, pages, seq, random);
            }
        }
        if (kind != Kind.FLIP && kind != Kind.SWAP_SEGMENTS) {
            pages.write(kind == Kind.DROP_AND_CHAIN || kind == Kind.INSERT_AND_CHAIN);
        }
        return seq;
    }

    private static String edited(String payload, Random random) {
        return payload.replaceFirst("\"amount\":\\d+", "\"amount\":" + (1_000_000 + random.nextInt(1_000_000)));
    }

    /** One bit of the record, or of its frame. */
    private static void flip(Path copy, int seq, Pages pages, Random random) throws IOException {
        long first = pages.firsts().stream()
                .filter(it -> it <= seq)
                .reduce((a, b) -> b)
                .orElseThrow();
        Path file = Segments.in(copy).file(first);
        byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int i = (int) first; i < seq; i++) {
            at += 8 + pages.get(i).length();
        }
        int within = random.nextInt(8 + pages.get(seq).length());
        bytes[at + within] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    private static int swapped(Path copy, List<Long> firsts, Random random) throws IOException {
        int one = random.nextInt(firsts.size());
        int other = (one + 1 + random.nextInt(firsts.size() - 1)) % firsts.size();
        Path file = Segments.in(copy).file(firsts.get(one));
        Path with = Segments.in(copy).file(firsts.get(other));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Files.readAllBytes(with));
        Files.write(with, bytes);
        return Math.toIntExact(Math.min(firsts.get(one), firsts.get(other)));
    }

    /** Changes a record, chains all behind it anew, and deletes its segment in the form that retention has. */
    private static int deleted(Path copy, Pages pages, int seq, Random random) throws IOException {
        pages.set(seq, edited(pages.get(seq), random));
        pages.chain(seq);
        pages.write(false);
        List<Long> firsts = pages.firsts();
        for (int i = 0; i + 1 < firsts.size() && firsts.get(i) <= seq; i++) {
            TreeSet<Long> marks = new TreeSet<>();
            NOTES.forEach(note -> marks.add(note.checkpoint().orElseThrow().size()));
            Deletions.add(
                    copy,
                    Deletions.of(Segments.in(copy), firsts.get(i), firsts.get(i + 1), marks)
                            .orElseThrow(),
                    new RealDisk());
            Files.delete(Segments.in(copy).file(firsts.get(i)));
        }
        return seq;
    }

    private static TrailVerification.Found verify(Path directory) {
        Evidence exported = new Evidence("exported", NOTES, KEY.verifier());
        return TrailVerification.of(Segments.in(directory), List.of(exported), (records, bytes) -> true);
    }

    private static Path copy(Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.list(to)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(trail)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".seg")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
