package dev.penstock.audit.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deletes files of texts. A hold keeps each that is of its time, whichever service's texts it holds.
 *
 * @param release makes sure that nothing more is written to the file of this name: a text in a deleted file is lost
 */
record OldTexts(Path folder, Consumer<String> release) {

    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.content");
    private static final int DIGITS = 16;

    /** Those whose last text is older. */
    void delete(Instant cutoff, Holds holds) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            it -> NAME.matcher(it.getFileName().toString()).matches())
                    .toList()) {
                if (end(file).isBefore(cutoff)) {
                    release.accept(file.getFileName().toString());
                    deleteReleased(file, cutoff, holds);
                }
            }
        }
    }

    /** Its last text, and the holds, may be others by now. */
    private static void deleteReleased(Path file, Instant cutoff, Holds holds) throws IOException {
        Instant end = end(file);
        Instant begin = Instant.ofEpochMilli(
                Long.parseLong(file.getFileName().toString().substring(0, DIGITS)));
        if (end.isBefore(cutoff)) {
            holds.unlessTouched(begin, end, () -> Files.deleteIfExists(file));
        }
    }

    private static Instant end(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
