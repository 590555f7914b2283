package dev.penstock.audit.trail;

import dev.penstock.core.Json;
import dev.penstock.journal.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The file {@code holds}. Thread-safe; a change is durable when the method returns. */
public final class Holds {

    private static final String FILE = "holds";

    private final Path file;
    private List<Hold> all = new ArrayList<>();

    /** Throws when the file cannot be read: without it nothing may be deleted. */
    public Holds(Path data) {
        this.file = data.resolve(FILE);
        try {
            if (Files.exists(file)) {
                for (JsonNode hold :
                        Json.LENIENT_DEPTH.read(Files.readAllBytes(file)).path(FILE)) {
                    all.add(Hold.of(hold));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public synchronized List<Hold> all() {
        return List.copyOf(all);
    }

    public synchronized void add(Hold hold) throws IOException {
        List<Hold> more = new ArrayList<>(all);
        more.add(hold);
        write(more);
    }

    /** Empty when there is no such hold. */
    public synchronized Optional<Hold> lift(String id) throws IOException {
        Optional<Hold> lifted =
                all.stream().filter(hold -> hold.id().equals(id)).findFirst();
        if (lifted.isPresent()) {
            write(all.stream().filter(hold -> !hold.id().equals(id)).toList());
        }
        return lifted;
    }

    /** Deletes something if the holds are still those that were looked at; none is placed meanwhile. */
    synchronized boolean ifStill(List<Hold> seen, Deleting deleting) throws IOException {
        return all.equals(seen) && deleting.delete();
    }

    /** Erases a service's texts if no hold covers it; none is placed meanwhile. Returns the one that does. */
    public Optional<Hold> unlessCovered(String service, Deleting deleting) throws IOException {
        return unless(hold -> hold.covers(service), deleting);
    }

    /** Deletes what is of this time if no hold touches it; none is placed meanwhile. */
    void unlessTouched(Instant begin, Instant end, Deleting deleting) throws IOException {
        unless(hold -> hold.touches(begin, end), deleting);
    }

    private synchronized Optional<Hold> unless(Predicate<Hold> keeps, Deleting deleting) throws IOException {
        Optional<Hold> keeping = all.stream().filter(keeps).findFirst();
        if (keeping.isEmpty()) {
            deleting.delete();
        }
        return keeping;
    }

    /** What may not be done under a hold. */
    @FunctionalInterface
    public interface Deleting {

        /** Whether it was done. */
        boolean delete() throws IOException;
    }

    private void write(List<Hold> holds) throws IOException {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray(FILE);
        holds.forEach(hold -> list.add(hold.json()));
        DataDirectory.replace(file, Json.LENIENT_DEPTH.write(json));
        all = new ArrayList<>(holds);
    }
}
