package dev.penstock.records;

import dev.penstock.core.Json;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ObjectNode;

/** Writes a case: records, and what proves that they are part of a trail of which a checkpoint was signed. Reads the whole trail. */
public final class CaseWriter {

    private final Segments segments;
    private final Note newest;
    private final List<Note> older;
    private final VerifierKey key;

    /**
     * @param newest the case ends with what this covers
     * @param older other checkpoints, against which the case shall be comparable, too
     */
    public CaseWriter(Segments segments, Note newest, List<Note> older, VerifierKey key) {
        this.segments = segments;
        this.newest = newest;
        this.older = older;
        this.key = key;
    }

    /** On the caller's thread; {@code spool} is a file that may be written over, and is not deleted. Returns {@code case.json}. */
    public ObjectNode write(CaseQuery query, Instant now, Path spool, OutputStream out) throws IOException {
        long size = newest.checkpoint().orElseThrow().size();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        text(zip, CaseFile.README, CaseFile.TEXT);
        zip.putNextEntry(new ZipEntry(CaseFile.RECORDS));
        CaseStretches stretches;
        try (OutputStream trail = Files.newOutputStream(spool)) {
            stretches = new CaseStretches(query, marks(), size, zip, trail);
            Verification.Result read = Verification.of(segments, stretches);
            stretches.end();
            if (stretches.reached() != size || !read.sound()) {
                throw new IOException("the trail is not sound (expected: " + size + " records without damage, found "
                        + stretches.reached() + " and " + read.damages() + " places)");
            }
        }
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(CaseFile.TRAIL));
        Files.copy(spool, zip);
        zip.closeEntry();
        StringBuilder notes = new StringBuilder();
        older.forEach(note -> notes.append(note.form()).append('\n'));
        text(zip, CaseFile.CHECKPOINTS, notes + newest.form());
        text(zip, CaseFile.KEY, key.lines() + "\n");
        ObjectNode about = query.json()
                .put("origin", key.name())
                .put("exported", now.toString())
                .put("size", size)
                .put("records", stretches.taken());
        text(zip, CaseFile.CASE, Json.LENIENT_DEPTH.text(about) + "\n");
        zip.finish();
        return about;
    }

    private TreeSet<Long> marks() {
        TreeSet<Long> marks = new TreeSet<>();
        older.forEach(note -> note.checkpoint().map(Checkpoint::size).ifPresent(marks::add));
        return marks;
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
