package dev.penstock.store.register;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents in one file, which is written whole. */
final class RegisterFile {

    private RegisterFile() {}

    /**
     * Empty where there is no file.
     *
     * @throws IllegalStateException when it is not a register: it is never taken for an empty one
     */
    static Map<String, ObjectNode> read(Path file) {
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

    static void write(Path file, Map<String, ObjectNode> documents) {
        ObjectNode tree = Json.object().put("version", 1);
        ObjectNode all = tree.putObject("documents");
        documents.forEach(all::set);
        try {
            DurableFile.write(file, Json.LENIENT_DEPTH.write(tree));
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be written", failure);
        }
    }
}
