package dev.penstock.prompt.kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a directory of kinds as they were at one time, as far as that can be told without reading them. */
record Stamps(Map<Path, Stamp> files) {

    private static final int DEPTH = 3;

    /** One file; a folder has no time and no size. */
    record Stamp(long modified, long size, @Nullable Object key) {}

    /** Through links; empty for a directory that is not there. */
    static Stamps of(Path directory) {
        Map<Path, Stamp> stamps = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                files.forEach(file -> stamp(file, stamps));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        return new Stamps(stamps);
    }

    /** A file that is gone between two looks at it is not there. */
    private static void stamp(Path file, Map<Path, Stamp> to) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            if (is.isRegularFile()) {
                long modified = is.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                to.put(file, new Stamp(modified, is.size(), is.fileKey()));
            } else {
                to.put(file, new Stamp(0, 0, null));
            }
        } catch (IOException gone) {
            to.remove(file);
        }
    }
}
