package dev.penstock.audit;

import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls that left and have no outcome yet. What is found here at start was running when the process died. */
final class OpenCalls implements Fold {

    private static final List<String> REPEATED = List.of("call", "request_id", "trace_id", "who", "what");

    private final Map<String, Open> open = new LinkedHashMap<>();

    /**
     * A call without an outcome. Most have one a moment after their intent, so its records are kept as they are and read only when
     * somebody asks.
     *
     * @param before what a snapshot knew of it: its intents in order, and what the outcome will repeat
     */
    private record Open(@Nullable ObjectNode before, List<ObjectNode> intents) {

        /** A tree of the caller's own. */
        private ObjectNode tree() {
            ObjectNode call = before == null ? opened(intents.get(0)) : before.deepCopy();
            intents.forEach(intent -> intended(call, intent));
            return call;
        }
    }

    @Override
    public String name() {
        return "open-calls";
    }

    @Override
    public void apply(long seq, ObjectNode record) {
        String call = Json.string(record, "call");
        switch (Json.string(record, "type")) {
            case CallRecords.INTENT ->
                open.computeIfAbsent(call, id -> new Open(null, new ArrayList<>(1)))
                        .intents()
                        .add(record);
            case CallRecords.OUTCOME -> open.remove(call);
            default -> {}
        }
    }

    private static ObjectNode opened(ObjectNode intent) {
        ObjectNode call = Json.object();
        for (String member : REPEATED) {
            JsonNode value = intent.get(member);
            if (value != null) {
                call.set(member, value.deepCopy());
            }
        }
        call.putArray("intents");
        return call;
    }

    /** The decisions of the last intent hold: what a budget holds for the call is among them. */
    private static void intended(ObjectNode call, ObjectNode intent) {
        ((ArrayNode) call.get("intents")).add(Json.string(intent, "intent"));
        JsonNode decisions = intent.get("decisions");
        if (decisions != null) {
            call.set("decisions", decisions.deepCopy());
        }
    }

    /** One outcome for each, but for type and time; forgets none, for only the records do that. */
    List<ObjectNode> unknown() {
        return open.values().stream().map(Open::tree).toList();
    }

    @Override
    public ObjectNode snapshot() {
        ObjectNode all = Json.object();
        ArrayNode calls = all.putArray("calls");
        open.values().forEach(call -> calls.add(call.tree()));
        return all;
    }

    @Override
    public void restore(ObjectNode snapshot) {
        open.clear();
        for (JsonNode call : snapshot.path("calls")) {
            open.put(Json.string(call, "call"), new Open((ObjectNode) call.deepCopy(), new ArrayList<>()));
        }
    }
}
