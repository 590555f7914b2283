package dev.penstock.store.register;

import dev.penstock.core.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one instance knows of a register. Of two versions of a document the one that is agreed on holds. Thread-safe. */
final class Copy {

    private static final Comparator<JsonNode> AS_NUMBERS = (one, other) -> one.equals(other)
                    || one.isIntegralNumber()
                            && other.isIntegralNumber()
                            && one.bigIntegerValue().equals(other.bigIntegerValue())
            ? 0
            : 1;

    private final List<Consumer<Map<String, ObjectNode>>> readers = new CopyOnWriteArrayList<>();
    private volatile Map<String, ObjectNode> all = Map.of();
    private volatile boolean known;
    private final BinaryOperator<ObjectNode> agreement;

    /** @param agreement of what is here and what is to be taken, where these differ */
    Copy(BinaryOperator<ObjectNode> agreement) {
        this.agreement = agreement;
    }

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

    /** What there is until something was taken. One of no revision was never kept by anybody, and Redis would not take it. */
    synchronized void begin(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> kept = new LinkedHashMap<>(documents);
        kept.values().removeIf(document -> revision(document) <= 0);
        all = Map.copyOf(kept);
    }

    /** Takes what is new in these, and tells readers where anything was. */
    synchronized void take(Map<String, ObjectNode> documents) {
        boolean first = !known;
        Map<String, ObjectNode> next = new LinkedHashMap<>(all);
        boolean changed = false;
        for (Map.Entry<String, ObjectNode> each : documents.entrySet()) {
            ObjectNode own = all.get(each.getKey());
            ObjectNode agreed = own == null ? each.getValue() : agreed(own, each.getValue());
            changed |= agreed != own;
            next.put(each.getKey(), agreed);
        }
        all = changed ? Map.copyOf(next) : all;
        known = true;
        if (first || changed) {
            readers.forEach(reader -> reader.accept(all));
        }
    }

    /** One that is neither of the two is a revision of its own, so that it is taken wherever one of them is. */
    private ObjectNode agreed(ObjectNode own, ObjectNode theirs) {
        if (isSame(own, theirs)) {
            return own;
        }
        ObjectNode agreed = agreement.apply(own, theirs);
        if (isSame(agreed, theirs)) {
            return theirs;
        }
        if (isSame(agreed, own) && revision(own) > revision(theirs)) {
            return own;
        }
        return agreed.deepCopy().put(Register.REVISION, Math.max(revision(own), revision(theirs)) + 1);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return one.equals(AS_NUMBERS, other);
    }

    /** Those of {@code documents} that are newer than what is here. */
    Map<String, ObjectNode> newer(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> found = new LinkedHashMap<>(documents);
        found.entrySet().removeIf(each -> revision(each.getValue()) <= revision(all.get(each.getKey())));
        return found;
    }

    /** Those that are here and not the same in {@code documents}, which were taken: what was lost, and what was agreed on. */
    Map<String, ObjectNode> ahead(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> found = new LinkedHashMap<>(all);
        found.entrySet().removeIf(each -> {
            ObjectNode theirs = documents.get(each.getKey());
            return revision(each.getValue()) <= 0 || theirs != null && isSame(each.getValue(), theirs);
        });
        return found;
    }
}
