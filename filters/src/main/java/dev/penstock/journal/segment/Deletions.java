package dev.penstock.journal.segment;

import dev.penstock.core.Json;
import dev.penstock.journal.tree.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code deleted} of a journal: a line of JSON for each segment that was deleted by rule. What is held is where the lines
 * are; they are read when they are asked for. Immutable once read.
 */
public final class Deletions {

    public static final String FILE = "deleted";

    /** The writer's own order of members. */
    private static final Pattern HEAD = Pattern.compile("\\{\"first\":(\\d{1,18}),\"last\":(\\d{1,18}),.*\\}");

    private final Path file;
    private final long bytes;
    private final NavigableMap<Long, Line> byFirst;

    private Deletions(Path file, long bytes, NavigableMap<Long, Line> byFirst) {
        this.file = file;
        this.bytes = bytes;
        this.byFirst = byFirst;
    }

    private record Line(long last, long offset, int length) {}

    /** Those told so far; a line that is torn is none. */
    public static Deletions in(Path directory) {
        Path file = directory.resolve(FILE);
        NavigableMap<Long, Line> all = new TreeMap<>();
        long at = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher head = HEAD.matcher(line);
                if (head.matches()) {
                    all.put(Long.parseLong(head.group(1)), new Line(Long.parseLong(head.group(2)), at, line.length()));
                }
                at += line.length() + 1;
            }
        } catch (NoSuchFileException none) {
            return new Deletions(file, 0, all);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Deletions(file, at, all);
    }

    /** This, or what stands there now: the file only grows. */
    Deletions now() {
        try {
            boolean same = Files.exists(file) ? Files.size(file) == bytes : bytes == 0;
            return same ? this : in(file.getParent());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Those of the records from one to before another, without a gap; empty when there is none such, or one is missing. */
    public List<Deletion> between(long from, long to) {
        List<Deletion> found = new ArrayList<>();
        long next = from;
        for (Map.Entry<Long, Line> entry : byFirst.tailMap(from, true).entrySet()) {
            Optional<Deletion> deletion = read(entry.getValue());
            if (next == to || entry.getKey() != next || deletion.isEmpty()) {
                break;
            }
            found.add(deletion.get());
            next = deletion.get().last() + 1;
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
        Map.Entry<Long, Line> before = byFirst.lowerEntry(end);
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

    private Optional<Deletion> read(Line line) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer text = ByteBuffer.allocate(line.length());
            while (text.hasRemaining() && channel.read(text, line.offset() + text.position()) >= 0) {
                continue;
            }
            return parsed(text.array());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Deletion> parsed(byte[] line) {
        try {
            return Optional.of(Deletion.of(Json.LENIENT_DEPTH.read(line)));
        } catch (RuntimeException changed) {
            return Optional.empty();
        }
    }
}
