package dev.penstock.store.register;

import dev.penstock.core.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What one instance knows of a register. Of two versions of a document the one with the higher revision holds. Thread-safe. */
final class Copy {

    private final List<Consumer<Map<String, ObjectNode>>> readers = new CopyOnWriteArrayList<>();
    private volatile Map<String, ObjectNode> all = Map.of();
    private volatile boolean known;

    static long revision(@Nullable ObjectNode document) {
        return document == null ? 0 : Json.integer(document, Register.REVISION);
    }

    Map<String, ObjectNode> all() {
        return all;
    }

    boolean isKnown() {
        return known;
    }

    synchronized void follow(Consumer<Map<String, ObjectNode>> reader) {
        readers.add(reader);
        reader.accept(all);
    }

    /** Takes those that are newer, and tells readers where any was. */
    synchronized void take(Map<String, ObjectNode> documents) {
        boolean first = !known;
        Map<String, ObjectNode> newer = newer(documents);
        if (!newer.isEmpty()) {
            Map<String, ObjectNode> next = new LinkedHashMap<>(all);
            next.putAll(newer);
            all = Map.copyOf(next);
        }
        known = true;
        if (first || !newer.isEmpty()) {
            readers.forEach(reader -> reader.accept(all));
        }
    }

    /** Those of {@code documents} that are newer than what is here. */
    Map<String, ObjectNode> newer(Map<String, ObjectNode> documents) {
        return above(documents, all);
    }

    /** Those that are here and newer than in {@code documents}, as after a loss of what was written last. */
    Map<String, ObjectNode> ahead(Map<String, ObjectNode> documents) {
        return above(all, documents);
    }

    private static Map<String, ObjectNode> above(Map<String, ObjectNode> these, Map<String, ObjectNode> those) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        these.forEach((id, document) -> {
            if (revision(document) > revision(those.get(id))) {
                found.put(id, document);
            }
        });
        return found;
    }
}
