package dev.penstock.journal.segment;

import dev.penstock.core.Json;
import dev.penstock.journal.tree.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** The file {@code deleted} of a journal: a line of JSON for each segment that was deleted by rule. Immutable once read. */
public final class Deletions {

    public static final String FILE = "deleted";

    private final NavigableMap<Long, Deletion> byFirst;

    private Deletions(NavigableMap<Long, Deletion> byFirst) {
        this.byFirst = byFirst;
    }

    /** Those told so far; a line that is torn is none. */
    public static Deletions in(Path directory) {
        NavigableMap<Long, Deletion> all = new TreeMap<>();
        for (String line : lines(directory)) {
            read(line).ifPresent(deletion -> all.put(deletion.first(), deletion));
        }
        return new Deletions(all);
    }

    /** Those of the records from one to before another, without a gap; empty when there is none such, or one is missing. */
    public List<Deletion> between(long from, long to) {
        List<Deletion> found = new ArrayList<>();
        long next = from;
        for (Map.Entry<Long, Deletion> entry : byFirst.tailMap(from, true).entrySet()) {
            if (next == to || entry.getKey() != next) {
                break;
            }
            found.add(entry.getValue());
            next = entry.getValue().last() + 1;
        }
        return next == to ? found : List.of();
    }

    /**
     * Where a segment that is there, or was a moment ago, ends: behind it, all before the next that is there are deleted.
     *
     * @param first its first record
     * @param next the first record of the next segment that is there
     */
    public long ends(long first, long next) {
        long end = next;
        Map.Entry<Long, Deletion> before = byFirst.lowerEntry(end);
        while (before != null && before.getKey() > first && before.getValue().last() == end - 1) {
            end = before.getKey();
            before = byFirst.lowerEntry(end);
        }
        return end;
    }

    /**
     * Reads a segment for the last time.
     *
     * @param next the first record behind it
     * @param marks sizes at which a stretch ends
     * @return empty when the segment is damaged
     */
    public static Optional<Deletion> of(Segments segments, long first, long next, SortedSet<Long> marks)
            throws IOException {
        List<Deletion.Stretch> stretches = new ArrayList<>();
        List<Damage> damage = new ArrayList<>();
        Span span = new Span(first - 1);
        String hash = "";
        try (SegmentReader reader = segments.read(new Place(first, 0), damage::add)) {
            Optional<Stored> stored = reader.next();
            while (stored.isPresent() && stored.get().seq() < next && damage.isEmpty()) {
                hash = stored.get().hash();
                span.add(hash);
                if (marks.contains(span.end()) && span.end() < next - 1) {
                    stretches.add(new Deletion.Stretch(span.end(), span.parts()));
                    span = new Span(span.end());
                }
                stored = reader.next();
            }
        }
        stretches.add(new Deletion.Stretch(span.end(), span.parts()));
        return damage.isEmpty() && span.end() == next - 1
                ? Optional.of(new Deletion(first, span.end(), hash, List.copyOf(stretches)))
                : Optional.empty();
    }

    /** Makes it durable that the segment goes; it may then. */
    public static void add(Path directory, Deletion deletion, Disk disk) throws IOException {
        byte[] line = (Json.LENIENT_DEPTH.text(deletion.json()) + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve(FILE);
        try (Disk.DiskFile opened = disk.open(file)) {
            opened.write(ByteBuffer.wrap(line), whole(Files.readAllBytes(file)));
            opened.force();
        }
        disk.forceDirectory(directory);
    }

    /** Bytes up to the last line's end: what is behind is torn. */
    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<String> lines(Path directory) {
        try {
            return Files.readString(directory.resolve(FILE)).lines().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Deletion> read(String line) {
        try {
            return Optional.of(Deletion.of(Json.LENIENT_DEPTH.read(line)));
        } catch (RuntimeException torn) {
            return Optional.empty();
        }
    }
}
