package dev.penstock.records;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import dev.penstock.journal.tree.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a trail into stretches while it is read, and takes the records of a case out of it. Not thread-safe. */
final class CaseStretches implements Verification.Progress {

    /** A stretch without a checkpoint ends all the same: it is held in memory. */
    private static final int LONGEST = 10_000;

    private final CaseQuery query;
    private final SortedSet<Long> marks;
    private final long size;
    private final OutputStream records;
    private final OutputStream trail;
    private List<String> hashes = new ArrayList<>();
    private Span span = new Span(0);
    private boolean holds;
    private long taken;
    private long reached;

    CaseStretches(CaseQuery query, SortedSet<Long> marks, long size, OutputStream records, OutputStream trail) {
        this.query = query;
        this.marks = marks;
        this.size = size;
        this.records = records;
        this.trail = trail;
    }

    @Override
    public boolean at(long seen, long bytes) {
        return reached < size;
    }

    @Override
    public void record(Stored stored, String hash) {
        if (stored.seq() > size) {
            return;
        }
        hashes.add(hash);
        span.add(hash);
        reached = stored.seq();
        if (query.takes(stored.record())) {
            holds = true;
            taken++;
            line(records, stored.payload());
        }
        if (marks.contains(reached) || hashes.size() == LONGEST) {
            end();
        }
    }

    @Override
    public void deleted(Deletion deletion) {
        end();
        long from = deletion.first();
        for (Deletion.Stretch stretch : deletion.stretches()) {
            parts(from, stretch.end(), stretch.parts());
            from = stretch.end() + 1;
        }
        reached = deletion.last();
        span = new Span(reached);
    }

    /** Of what is open. */
    void end() {
        if (hashes.isEmpty()) {
            return;
        }
        long from = reached - hashes.size() + 1;
        if (holds) {
            ObjectNode json = Json.object().put("from", from).put("end", reached);
            hashes.forEach(json.putArray("hashes")::add);
            line(trail, Json.LENIENT_DEPTH.write(json));
        } else {
            parts(from, reached, span.parts());
        }
        hashes = new ArrayList<>();
        span = new Span(reached);
        holds = false;
    }

    private void parts(long from, long end, List<Span.Subtree> parts) {
        ObjectNode json = Json.object().put("from", from).put("end", end);
        ArrayNode list = json.putArray("parts");
        parts.forEach(part -> list.add(part.text()));
        line(trail, Json.LENIENT_DEPTH.write(json));
    }

    private static void line(OutputStream to, byte[] json) {
        try {
            to.write(json);
            to.write("\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Records of the case. */
    long taken() {
        return taken;
    }

    /** The last record's number. */
    long reached() {
        return reached;
    }
}
