package dev.penstock.store.register;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A register in one file, written whole beside the old one and put in its place when it is on the disk. */
final class EmbeddedRegister implements Register {

    private final Path file;
    private final Copy copy = new Copy(HIGHER);
    private final ExecutorService writer = DurableFile.writer();

    private EmbeddedRegister(Path file) {
        this.file = file;
    }

    /**
     * Reads the file, if there is one.
     *
     * @throws IllegalStateException when it is not a register: it is never taken for an empty one
     */
    static EmbeddedRegister open(Path file) {
        EmbeddedRegister register = new EmbeddedRegister(file);
        register.copy.take(RegisterFile.read(file));
        return register;
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
        Map<String, ObjectNode> all = new LinkedHashMap<>(copy.all());
        all.putAll(changed);
        RegisterFile.write(file, all);
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
        DurableFile.finish(writer);
    }
}
