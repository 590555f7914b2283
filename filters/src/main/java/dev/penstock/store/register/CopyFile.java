package dev.penstock.store.register;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one instance knows of a shared register, on its disk for the next start. Thread-safe; only {@link #close} waits. */
final class CopyFile {

    private final Path file;
    private final Absence absence;
    private final ExecutorService writer = DurableFile.writer();
    private volatile @Nullable Map<String, ObjectNode> next;
    private @Nullable Map<String, ObjectNode> written;

    CopyFile(Path file) {
        this.file = file;
        this.absence = new Absence(
                file + " cannot be written ({}); a start without Redis will not know the last changes",
                file + " is written again");
    }

    /** Empty where there is none; one that is damaged holds up no start. */
    Map<String, ObjectNode> read() {
        try {
            return RegisterFile.read(file);
        } catch (RuntimeException broken) {
            LoggerFactory.getLogger(Register.class).warn("{}; it is made again from Redis", broken.getMessage());
            return Map.of();
        }
    }

    /** Of several in a row the last is written. */
    void keep(Map<String, ObjectNode> all) {
        next = all;
        again();
    }

    /** Writes what is not written yet, as where that failed. */
    void again() {
        try {
            writer.execute(this::write);
        } catch (RejectedExecutionException closed) {
            // what comes after the end is read from Redis by the next start
        }
    }

    private void write() {
        Map<String, ObjectNode> all = next;
        if (all != null && all != written) {
            absence.attempt(() -> {
                RegisterFile.write(file, all);
                written = all;
            });
        }
    }

    /** What was given before is written by then. */
    void close() {
        DurableFile.finish(writer);
    }
}
