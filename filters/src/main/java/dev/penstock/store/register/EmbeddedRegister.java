package dev.penstock.store.register;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A register in one file, written whole beside the old one and put in its place when it is on the disk. */
final class EmbeddedRegister implements Register {

    private final Path file;
    private final Copy copy = new Copy();
    private final ExecutorService writer;

    private EmbeddedRegister(Path file) {
        this.file = file;
        this.writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "penstock-register");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the file, if there is one.
     *
     * @throws IllegalStateException when it is not a register: it is never taken for an empty one
     */
    static EmbeddedRegister open(Path file) {
        EmbeddedRegister register = new EmbeddedRegister(file);
        register.copy.take(read(file));
        return register;
    }

    private static Map<String, ObjectNode> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        try {
            JsonNode tree = Json.LENIENT_DEPTH.read(Files.readAllBytes(file));
            if (tree.path("documents") instanceof ObjectNode found) {
                found.properties().forEach(entry -> documents.put(entry.getKey(), (ObjectNode) entry.getValue()));
                return documents;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read (expected: a readable file)", failure);
        } catch (JacksonException | ClassCastException broken) {
            throw damaged(file);
        }
        throw damaged(file);
    }

    private static IllegalStateException damaged(Path file) {
        return new IllegalStateException(
                file + " is damaged (expected: the file as the gateway wrote it, or a copy of it)");
    }

    @Override
    public Map<String, ObjectNode> all() {
        return copy.all();
    }

    @Override
    public boolean isKnown() {
        return copy.isKnown();
    }

    @Override
    public CompletableFuture<ObjectNode> change(String id, UnaryOperator<@Nullable ObjectNode> change) {
        return CompletableFuture.supplyAsync(
                () -> {
                    ObjectNode before = copy.all().get(id);
                    ObjectNode after = Changes.of(before, change);
                    write(Map.of(id, after));
                    return after;
                },
                writer);
    }

    @Override
    public CompletableFuture<Void> merge(Map<String, ObjectNode> documents) {
        return CompletableFuture.runAsync(
                () -> {
                    Map<String, ObjectNode> newer = copy.newer(documents);
                    if (!newer.isEmpty()) {
                        write(newer);
                    }
                },
                writer);
    }

    private void write(Map<String, ObjectNode> changed) {
        ObjectNode tree = Json.object().put("version", 1);
        ObjectNode all = tree.putObject("documents");
        copy.all().forEach(all::set);
        changed.forEach(all::set);
        try {
            DurableFile.write(file, Json.LENIENT_DEPTH.write(tree));
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be written", failure);
        }
        copy.take(changed);
    }

    @Override
    public CompletableFuture<Void> refresh() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void follow(Consumer<Map<String, ObjectNode>> reader) {
        copy.follow(reader);
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
