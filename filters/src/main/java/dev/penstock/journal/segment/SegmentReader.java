package dev.penstock.journal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other, over segments. At the end it may be asked again: what was written since follows. Not
 * thread-safe. Every method throws {@link UncheckedIOException} when the disk does not read.
 */
public final class SegmentReader implements Closeable {

    private final Segments segments;
    private final Consumer<Damage> damage;
    private Place at;

    /** The next record's number; 0 when it is not known. */
    private long expected;

    private @Nullable SegmentFile file;
    private OptionalLong following = OptionalLong.empty();
    private boolean followed;

    /** The number at which this segment's records end; between it and the next segment all are deleted by rule. */
    private long ends;

    private long torn;

    /** Where the records end, asked once for each look: two answers would not fit together. */
    private Place horizon = Place.START;

    SegmentReader(Segments segments, Place from, Consumer<Damage> damage) {
        this.segments = segments;
        this.at = from;
        this.damage = damage;
    }

    /** Says what the first record's number must be. */
    public SegmentReader expecting(long seq) {
        expected = seq;
        return this;
    }

    /** The next record; empty at the end. */
    public Optional<Stored> next() {
        try {
            while (look()) {
                SegmentFile current = file;
                Optional<Stored> stored = here(current);
                if (stored.isPresent()) {
                    return stored;
                }
                if (file == current && !skip(current)) {
                    break;
                }
            }
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the next record is, or will be. */
    public Place place() {
        return at;
    }

    /** At the end: bytes of a last batch that was never finished. */
    public long tornBytes() {
        return torn;
    }

    private boolean look() throws IOException {
        horizon = segments.end();
        return open();
    }

    private boolean open() throws IOException {
        if (file == null) {
            OptionalLong found = segments.next(at.segment(), horizon.segment());
            if (found.isEmpty()) {
                return false;
            }
            try {
                enter(found.getAsLong());
            } catch (NoSuchFileException deletedMeanwhile) {
                return open();
            }
        }
        long first = at.segment();
        if (!followed && limit() == Long.MAX_VALUE) {
            followed = true;
            follow(first);
        }
        if (following.isPresent() && expected == ends) {
            expected = following.getAsLong();
            leave();
            return open();
        }
        return true;
    }

    private void follow(long first) {
        following = segments.next(first + 1, horizon.segment());
        ends = following.isPresent() ? segments.deletions().ends(first, following.getAsLong()) : 0;
    }

    private void enter(long first) throws IOException {
        SegmentFile opened = new SegmentFile(segments.file(first));
        if (first != at.segment() || at.offset() == 0) {
            at = new Place(first, 0);
            if (expected > 0
                    && expected != first
                    && segments.deletions().between(expected, first).isEmpty()) {
                tell("segment begins with record " + first + " (expected: " + expected + ")");
            }
            expected = first;
        }
        file = opened;
        followed = false;
        following = OptionalLong.empty();
        if (expected == 0) {
            expected = count(opened);
        }
    }

    /** The number of the record at a place in the middle of a segment. */
    private long count(SegmentFile opened) throws IOException {
        long seq = at.segment();
        long offset = 0;
        while (offset < at.offset()) {
            Optional<SegmentFile.Raw> raw = opened.frame(offset, at.offset());
            if (raw.isEmpty()) {
                return 0;
            }
            seq++;
            offset += Frame.HEADER + raw.get().payload().length;
        }
        return seq;
    }

    private void leave() throws IOException {
        close();
        at = new Place(following.orElseThrow(), 0);
    }

    private Optional<Stored> here(SegmentFile current) throws IOException {
        Optional<SegmentFile.Raw> raw = current.frame(at.offset(), end(current));
        Optional<Links> links = raw.flatMap(frame -> Links.of(frame.payload()));
        if (links.isEmpty()) {
            return Optional.empty();
        }
        long seq = links.get().seq();
        if (following.isPresent() && seq >= ends) {
            tell("segment ends before record " + expected + " (expected: up to " + (ends - 1) + ")");
            expected = following.getAsLong();
            leave();
            return Optional.empty();
        }
        if (expected > 0 && seq != expected) {
            tell("record " + seq + " (expected: " + expected + ")");
        }
        byte[] payload = raw.get().payload();
        Place next = new Place(at.segment(), at.offset() + Frame.HEADER + payload.length);
        Stored stored =
                new Stored(at, next, links.get().chain(), seq, links.get().prev(), payload);
        at = next;
        expected = seq + 1;
        return Optional.of(stored);
    }

    private long limit() {
        return horizon.segment() == at.segment() ? horizon.offset() : Long.MAX_VALUE;
    }

    private long end(SegmentFile current) throws IOException {
        return current.end(limit());
    }

    /** There is no frame here. False at the journal's end. */
    private boolean skip(SegmentFile current) throws IOException {
        if (following.isEmpty() && followed) {
            follow(at.segment());
            if (following.isPresent()) {
                return true;
            }
        }
        long limit = end(current);
        boolean last = following.isEmpty();
        long zeros = current.zerosFrom(at.offset(), limit);
        boolean live = limit() != Long.MAX_VALUE;
        if (last && (live ? at.offset() >= limit : zeros <= at.offset())) {
            torn = 0;
            return false;
        }
        SegmentFile.Rest rest = current.rest(at.offset(), Math.max(zeros, at.offset()));
        if (last && !live && !rest.batchBegins()) {
            torn = zeros - at.offset();
            return false;
        }
        return over(rest);
    }

    /** Over a bad place, which is told. */
    private boolean over(SegmentFile.Rest rest) throws IOException {
        tell("no whole record (expected: record " + (expected == 0 ? "of any number" : expected) + ")");
        if (rest.good() >= 0) {
            at = new Place(at.segment(), rest.good());
            expected = 0;
            return true;
        }
        if (following.isEmpty()) {
            return false;
        }
        expected = following.getAsLong();
        leave();
        return true;
    }

    private void tell(String what) {
        damage.accept(new Damage(Segments.name(at.segment()), at.offset(), expected, what));
    }

    @Override
    public void close() throws IOException {
        SegmentFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
