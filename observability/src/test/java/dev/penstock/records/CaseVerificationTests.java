package dev.penstock.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link CaseVerification}. */
class CaseVerificationTests {

    private static final int RECORDS = 40;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final SigningKey KEY = SigningKey.of("penstock/test-1", SigningKey.draw());

    @TempDir
    private Path temp;

    private Note newest;
    private Note newer;
    private Path file;
    private String fifth;

    @BeforeEach
    void aCaseIsWritten() throws IOException {
        file = temp.resolve("case.zip");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (EmbeddedJournal journal =
                EmbeddedJournal.open(JournalConfig.of(temp.resolve("journal"), "test-1", clock), List.of())) {
            for (int i = 1; i <= RECORDS; i++) {
                ObjectNode record = Json.object().put("type", "test").put("time", NOW.toString());
                journal.append(Entry.plain(record.put("call", "c" + i))).join();
            }
            newest = KEY.sign(Checkpoint.of("test-1", journal.tree(), NOW));
            journal.append(Entry.plain(Json.object().put("type", "test").put("time", NOW.toString())))
                    .join();
            newer = KEY.sign(Checkpoint.of("test-1", journal.tree(), NOW));
            CaseQuery query = new CaseQuery(NOW.minusSeconds(60), NOW.plusSeconds(60), "", "");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new CaseWriter(journal.segments(), newest, List.of(), KEY.verifier())
                    .write(query, NOW, temp.resolve("spool"), out);
            Files.write(file, out.toByteArray());
            try (SegmentReader reader = journal.segments().read(Place.START, ignored -> {})) {
                Stored stored = reader.next().orElseThrow();
                while (stored.seq() < 5) {
                    stored = reader.next().orElseThrow();
                }
                fifth = new String(stored.payload(), StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void whatNobodyTouchedIsSound() throws IOException {
        CaseVerification.Found found = verify();
        assertThat(found.wrong()).isEmpty();
        assertThat(found.sound()).isTrue();
        assertThat(found.records()).isEqualTo(RECORDS);
    }

    @Test
    void whatWasSignedAfterTheCaseSaysNothingOfIt() throws IOException {
        assertThat(CaseVerification.of(file, List.of(newest, newer), KEY.verifier())
                        .wrong())
                .isEmpty();
        assertThat(CaseVerification.of(file, List.of(newer), KEY.verifier()).wrong())
                .singleElement()
                .asString()
                .contains("up to record 40: no checkpoint");
    }

    @Test
    void aRecordThatIsPutBehindTheNewestCheckpointInPlaceOfAnotherIsFound() throws IOException {
        String forged = fifth.replace("\"c5\"", "\"x5\"");
        String hash = Stored.parse(forged.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .hash();
        change(CaseFile.RECORDS, text -> text.replace(fifth, forged));
        for (long end : new long[] {RECORDS + 1, 5, 999_999_999}) {
            change(
                    CaseFile.TRAIL,
                    text -> text.lines().findFirst().orElseThrow() + "\n"
                            + Json.LENIENT_DEPTH.text(stretch(5, end, hash)) + "\n");
            assertThat(verify().sound()).as("end " + end).isFalse();
        }
    }

    @Test
    void aRecordBehindTheNewestCheckpointIsNotProven() throws IOException {
        String more = fifth.replace("\"seq\":5,", "\"seq\":41,");
        String hash = Stored.parse(more.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .hash();
        change(CaseFile.RECORDS, text -> text + more + "\n");
        change(CaseFile.TRAIL, text -> text + Json.LENIENT_DEPTH.text(stretch(41, 41, hash)) + "\n");
        change(CaseFile.CASE, text -> text.replace("\"records\":40", "\"records\":41"));
        assertThat(verify().wrong()).singleElement().asString().contains("record 41 is behind", "up to 40");
    }

    private CaseVerification.Found verify() throws IOException {
        return CaseVerification.of(file, List.of(newest), KEY.verifier());
    }

    private static ObjectNode stretch(long from, long end, String hash) {
        ObjectNode json = Json.object().put("from", from).put("end", end);
        json.putArray("hashes").add(hash);
        return json;
    }

    private void change(String name, UnaryOperator<String> how) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                all.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        all.computeIfPresent(name, (ignored, text) -> how.apply(text));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> one : all.entrySet()) {
                out.putNextEntry(new ZipEntry(one.getKey()));
                out.write(one.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }
}
