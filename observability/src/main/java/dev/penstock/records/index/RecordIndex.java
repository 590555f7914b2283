package dev.penstock.records.index;

import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The index of a journal: a file for each segment that is full, and rows in memory for the one that is written. Thread-safe; reads
 * the disk on the caller's thread.
 */
public final class RecordIndex {

    private static final int AT_ONCE = 20_000;

    private final Supplier<Segments> segments;
    private final Path folder;
    private final Map<Long, IndexFile> sealed = new TreeMap<>();
    private @Nullable Rows rows;
    private Place reached = Place.START;
    private long next;

    /** {@code folder} is its own; made when missing. */
    public RecordIndex(Supplier<Segments> segments, Path folder) {
        this.segments = segments;
        this.folder = folder;
    }

    /** Where a record may be. */
    public record Hit(Place place, long seq) {}

    /** Takes in all that has been written since; returns when there is nothing more. */
    public void catchUp() {
        while (more() == AT_ONCE) {
            // in pieces, so that a search does not wait for all of it
        }
    }

    /** How many records were taken in; fewer than at once when these were the last. */
    private synchronized int more() {
        Segments now = segments.get();
        try {
            adopt(now);
            int taken = 0;
            try (SegmentReader reader = now.read(reached, ignored -> {})) {
                reader.expecting(reached.offset() > 0 ? next : 0);
                while (taken < AT_ONCE) {
                    Optional<Stored> stored = reader.next();
                    if (stored.isEmpty()) {
                        break;
                    }
                    take(stored.get());
                    taken++;
                }
            }
            return taken;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Files that an earlier process wrote stand for their segments; those of segments that are gone go, too. */
    private void adopt(Segments now) throws IOException {
        List<Long> firsts = now.firsts();
        for (long gone :
                sealed.keySet().stream().filter(it -> !firsts.contains(it)).toList()) {
            Files.deleteIfExists(sealed.remove(gone).file());
        }
        if (rows != null) {
            return;
        }
        Files.createDirectories(folder);
        for (int i = 0; i + 1 < firsts.size(); i++) {
            long first = firsts.get(i);
            Optional<IndexFile> known = IndexFile.open(file(first), first);
            if (known.isEmpty()) {
                reached = new Place(first, 0);
                return;
            }
            sealed.put(first, known.get());
            reached = new Place(firsts.get(i + 1), 0);
        }
    }

    private void take(Stored stored) throws IOException {
        long first = stored.place().segment();
        if (rows == null || rows.first() != first) {
            if (rows != null) {
                sealed.put(rows.first(), IndexFile.write(file(rows.first()), rows));
            }
            rows = new Rows(first);
        }
        rows.add(stored);
        reached = stored.next();
        next = stored.seq() + 1;
    }

    private Path file(long first) {
        return folder.resolve(String.format("%019d.idx", first));
    }

    /** At most so many records that may be wanted, from a place on, in their order. What was just written is taken in before. */
    public List<Hit> find(Wanted wanted, Place from, int limit) {
        catchUp();
        try {
            return looked(wanted, from, limit);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private synchronized List<Hit> looked(Wanted wanted, Place from, int limit) throws IOException {
        List<Hit> hits = new ArrayList<>();
        for (IndexFile file : sealed.values()) {
            if (hits.size() < limit
                    && file.first() >= from.segment()
                    && wanted.touches(file.earliest(), file.latest())) {
                add(hits, file.first(), wanted.in(file.rows(), file), file, from, limit);
            }
        }
        Rows last = rows;
        if (last != null && last.first() >= from.segment() && hits.size() < limit) {
            add(hits, last.first(), wanted.in(last.size(), last), last, from, limit);
        }
        return hits;
    }

    private static void add(List<Hit> hits, long first, boolean[] found, Values values, Place from, int limit)
            throws IOException {
        int at = next(found, 0);
        if (at < 0) {
            return;
        }
        long[] offsets = values.of(Column.OFFSET);
        long[] seqs = values.of(Column.SEQ);
        for (; at >= 0 && hits.size() < limit; at = next(found, at + 1)) {
            Place place = new Place(first, offsets[at]);
            if (place.compareTo(from) >= 0) {
                hits.add(new Hit(place, seqs[at]));
            }
        }
    }

    private static int next(boolean[] found, int from) {
        for (int i = from; i < found.length; i++) {
            if (found[i]) {
                return i;
            }
        }
        return -1;
    }
}
