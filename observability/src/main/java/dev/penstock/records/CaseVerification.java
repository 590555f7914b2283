package dev.penstock.records;

import dev.penstock.core.Json;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Evidence;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
import dev.penstock.journal.checkpoint.TrailVerification;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.tree.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks the zip file of a case: that its records are part of the trail of which its checkpoints, and others, were signed. */
public final class CaseVerification {

    private final ZipFile zip;
    private final List<String> wrong = new ArrayList<>();

    /** Of every record in an opened stretch. */
    private final Map<Long, String> hashes = new HashMap<>();

    private CaseVerification(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * What was found.
     *
     * @param about {@code case.json}
     * @param records that are proven
     * @param matching checkpoints that fit
     * @param signers of the keys in the case those that signed a checkpoint in it, as lines
     */
    public record Found(JsonNode about, long records, int matching, List<String> signers, List<String> wrong) {

        public boolean sound() {
            return wrong.isEmpty() && matching > 0;
        }
    }

    /**
     * @param exported checkpoints from elsewhere, beside those in the case
     * @param key from elsewhere; null for those in the case
     * @throws IOException when it is no case
     */
    public static Found of(Path file, List<Note> exported, @Nullable VerifierKey key) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new CaseVerification(zip).run(exported, key);
        } catch (RuntimeException malformed) {
            throw new IOException(file + ": no case, or one that was changed: " + malformed.getMessage(), malformed);
        }
    }

    private Found run(List<Note> exported, @Nullable VerifierKey given) throws IOException {
        VerifierKey own = VerifierKey.parse(text(CaseFile.KEY));
        VerifierKey key = given == null ? own : given;
        List<Evidence> evidence = new ArrayList<>();
        List<Note> inside = Notes.of(text(CaseFile.CHECKPOINTS)).whole();
        evidence.add(new Evidence("the case", inside, key));
        if (!exported.isEmpty()) {
            long end = inside.stream().mapToLong(CaseVerification::size).max().orElse(0);
            List<Note> within =
                    exported.stream().filter(note -> size(note) <= end).toList();
            evidence.add(new Evidence("the checkpoints given, up to record " + end, within, key));
        }
        JsonNode about = Json.LENIENT_DEPTH.read(text(CaseFile.CASE));
        String origin = Json.string(about, "origin");
        TrailVerification.Compared compared = TrailVerification.compare(origin, evidence, this::stretches);
        wrong.addAll(compared.forged());
        compared.damage().forEach(damage -> wrong.add(damage.what()));
        wrong.addAll(compared.wanting());
        long records = records(compared.confirmed());
        if (records != Json.integer(about, "records")) {
            wrong.add(records + " records (expected: " + Json.integer(about, "records") + ", as case.json says)");
        }
        if (records == 0) {
            wrong.add("no record in " + CaseFile.RECORDS + " (expected: one at least, without any nothing is proven)");
        }
        List<String> signers =
                own.named(origin).map(keys -> signers(keys, inside)).orElse(List.of());
        return new Found(about, records, compared.matching(), signers, List.copyOf(wrong));
    }

    /** Whoever makes up a case can write any key into it, but sign with his own alone. */
    private static List<String> signers(VerifierKey keys, List<Note> notes) {
        return keys.each().stream()
                .filter(key -> notes.stream().anyMatch(key::signed))
                .map(VerifierKey::text)
                .distinct()
                .toList();
    }

    /** A case ends with its newest checkpoint: younger ones say nothing of it. */
    private static long size(Note note) {
        return note.checkpoint().map(Checkpoint::size).orElse(0L);
    }

    private void stretches(TrailVerification.Grower grower) {
        try (BufferedReader lines = lines(CaseFile.TRAIL)) {
            long next = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode stretch = Json.LENIENT_DEPTH.read(line);
                long from = Json.integer(stretch, "from");
                if (from != next) {
                    wrong.add("a stretch of " + CaseFile.TRAIL + " from record " + from + " (expected: " + next + ")");
                }
                next = Json.integer(stretch, "end") + 1;
                grower.grow(new Deletion.Stretch(next - 1, parts(from, stretch)));
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private List<Span.Subtree> parts(long from, JsonNode stretch) {
        List<Span.Subtree> parts = new ArrayList<>();
        stretch.path("parts").forEach(part -> parts.add(Span.Subtree.of(part.stringValue())));
        Span span = new Span(from - 1);
        long seq = from;
        for (JsonNode hash : stretch.path("hashes")) {
            hashes.put(seq++, hash.stringValue());
            span.add(hash.stringValue());
        }
        if (seq > from && !parts.isEmpty()) {
            wrong.add("a stretch of " + CaseFile.TRAIL + " from record " + from
                    + " with parts and hashes (expected: one of both)");
        }
        parts.addAll(span.parts());
        return parts;
    }

    private long records(long confirmed) throws IOException {
        long count = 0;
        long last = 0;
        try (BufferedReader lines = lines(CaseFile.RECORDS)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Stored> stored = Stored.parse(line.getBytes(StandardCharsets.UTF_8));
                if (stored.isEmpty()) {
                    wrong.add("line " + (count + 1) + " of " + CaseFile.RECORDS + " is no record");
                } else if (!stored.get().hash().equals(hashes.get(stored.get().seq()))) {
                    wrong.add("record " + stored.get().seq() + " is not the one in the trail");
                } else if (stored.get().seq() > confirmed) {
                    wrong.add("record " + stored.get().seq()
                            + " is behind what the checkpoints confirm (expected: up to " + confirmed + ")");
                } else if (stored.get().seq() <= last) {
                    wrong.add("record " + stored.get().seq() + " behind " + last + " (expected: in their order, once)");
                }
                last = stored.map(Stored::seq).orElse(last);
                count++;
            }
        }
        return count;
    }

    private BufferedReader lines(String name) throws IOException {
        return new BufferedReader(new InputStreamReader(zip.getInputStream(entry(name)), StandardCharsets.UTF_8));
    }

    private String text(String name) throws IOException {
        return new String(zip.getInputStream(entry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(
                    "no '" + name + "' in the file (expected: a case, as POST /admin/audit/export gives it)");
        }
        return entry;
    }
}
