package dev.penstock.journal.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory's segments. Reads only; safe beside a writer. */
public final class Segments {

    private static final Pattern NAME = Pattern.compile("\\d{19}\\.seg");

    private final Path directory;
    private final Supplier<Place> durable;
    private volatile @Nullable Deletions deletions;

    private Segments(Path directory, Supplier<Place> durable) {
        this.directory = directory;
        this.durable = durable;
    }

    /** All that is in the directory. Beside another process's writer, the last records may not be durable yet. */
    public static Segments in(Path directory) {
        return new Segments(directory, () -> Place.END);
    }

    /** Up to where the supplier says, asked again with every read. */
    public Segments upTo(Supplier<Place> end) {
        return new Segments(directory, end);
    }

    /** From the frame that begins at the place; damage is told and skipped. */
    public SegmentReader read(Place from, Consumer<Damage> damage) {
        return new SegmentReader(this, from, damage);
    }

    public Path directory() {
        return directory;
    }

    /** The numbers of the segments' first records, ascending. */
    public List<Long> firsts() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.parseLong(name.substring(0, 19)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path file(long first) {
        return directory.resolve(name(first));
    }

    public static String name(long first) {
        return String.format("%019d.seg", first);
    }

    /** The record that begins there; empty when there is none, or its segment is gone. */
    public Optional<Stored> at(Place place) {
        try (SegmentFile file = new SegmentFile(file(place.segment()))) {
            return file.frame(place.offset(), file.size())
                    .flatMap(raw -> Links.of(raw.payload())
                            .map(links -> new Stored(
                                    place,
                                    new Place(place.segment(), place.offset() + Frame.HEADER + raw.payload().length),
                                    links.chain(),
                                    links.seq(),
                                    links.prev(),
                                    raw.payload())));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What was deleted by rule, as of now. */
    Deletions deletions() {
        Deletions known = deletions;
        Deletions now = known == null ? Deletions.in(directory) : known.now();
        deletions = now;
        return now;
    }

    /** Where reading must stop for now. */
    Place end() {
        return durable.get();
    }

    /** The first segment with a number from {@code from} to {@code to}. */
    OptionalLong next(long from, long to) {
        return firsts().stream()
                .mapToLong(Long::longValue)
                .filter(first -> first >= from && first <= to)
                .findFirst();
    }
}
