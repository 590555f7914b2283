package dev.penstock.provider.anthropic;

import dev.penstock.core.Delta;
import dev.penstock.core.Json;
import dev.penstock.provider.DecodeException;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One content block of a stream, from its start to its stop. Deltas of a type that it does not know are passed over. */
interface OpenBlock {

    /** A block that is not the caller's, such as a call of the provider's own tool. */
    OpenBlock NONE = (delta, out) -> {};

    default void begin(Consumer<Delta> out) {}

    void delta(JsonNode delta, Consumer<Delta> out);

    default void end(Consumer<Delta> out) {}

    /** Answer text; {@code first} came with the block's start. */
    record Text(String first) implements OpenBlock {

        @Override
        public void begin(Consumer<Delta> out) {
            tell(first, out);
        }

        @Override
        public void delta(JsonNode delta, Consumer<Delta> out) {
            tell(Json.string(delta, "text"), out);
        }

        private static void tell(String text, Consumer<Delta> out) {
            if (!text.isEmpty()) {
                out.accept(new Delta.Text(0, text));
            }
        }
    }

    /** Reasoning that the provider encrypted; it has no deltas. */
    record Redacted(String content) implements OpenBlock {

        @Override
        public void begin(Consumer<Delta> out) {
            out.accept(new Delta.Signature(0, null, content));
        }

        @Override
        public void delta(JsonNode delta, Consumer<Delta> out) {}
    }

    /** Reasoning; its signature may come in pieces and is told whole at the end. */
    final class Thought implements OpenBlock {

        private final String first;
        private final StringBuilder signature;

        Thought(JsonNode begun) {
            this.first = Json.string(begun, "thinking");
            this.signature = new StringBuilder(Json.string(begun, "signature"));
        }

        @Override
        public void begin(Consumer<Delta> out) {
            tell(first, out);
        }

        @Override
        public void delta(JsonNode delta, Consumer<Delta> out) {
            signature.append(Json.string(delta, "signature"));
            tell(Json.string(delta, "thinking"), out);
        }

        @Override
        public void end(Consumer<Delta> out) {
            if (!signature.isEmpty()) {
                out.accept(new Delta.Signature(0, signature.toString(), null));
            }
        }

        private static void tell(String text, Consumer<Delta> out) {
            if (!text.isEmpty()) {
                out.accept(new Delta.Reasoning(0, text));
            }
        }
    }

    /** A call of one of the caller's tools. Without fragments its arguments are the start's input, mostly {@code {}}. */
    final class Call implements OpenBlock {

        private final int call;
        private final JsonNode begun;
        private boolean told;

        Call(int call, JsonNode begun) {
            this.call = call;
            this.begun = begun;
        }

        @Override
        public void begin(Consumer<Delta> out) {
            out.accept(new Delta.ToolStart(0, call, Json.string(begun, "id"), Json.string(begun, "name")));
        }

        @Override
        public void delta(JsonNode delta, Consumer<Delta> out) {
            String fragment = Json.string(delta, "partial_json");
            if (!fragment.isEmpty()) {
                told = true;
                out.accept(new Delta.ToolArguments(0, call, fragment));
            }
        }

        @Override
        public void end(Consumer<Delta> out) {
            if (!told) {
                JsonNode input = begun.path("input").isObject() ? begun.path("input") : Json.object();
                out.accept(new Delta.ToolArguments(0, call, Json.LENIENT_DEPTH.text(input)));
            }
        }
    }

    /** A call of {@link JsonTool}: its arguments are the answer's text; a wrapped value is known at the end only. */
    final class JsonAnswer implements OpenBlock {

        private final String tool;
        private final JsonNode first;
        private final StringBuilder held = new StringBuilder();
        private boolean told;

        JsonAnswer(String tool, JsonNode first) {
            this.tool = tool;
            this.first = first;
        }

        @Override
        public void delta(JsonNode delta, Consumer<Delta> out) {
            String fragment = Json.string(delta, "partial_json");
            if (fragment.isEmpty()) {
                return;
            }
            told = true;
            if (JsonTool.wraps(tool)) {
                held.append(fragment);
            } else {
                out.accept(new Delta.Text(0, fragment));
            }
        }

        @Override
        public void end(Consumer<Delta> out) {
            if (!told) {
                out.accept(new Delta.Text(0, JsonTool.text(tool, first.isObject() ? first : Json.object())));
            } else if (!held.isEmpty()) {
                out.accept(new Delta.Text(0, unwrapped()));
            }
        }

        private String unwrapped() {
            try {
                return JsonTool.text(tool, Json.LENIENT_DEPTH.read(held.toString()));
            } catch (JacksonException ex) {
                throw new DecodeException("a tool's input that is not JSON (expected: an object)");
            }
        }
    }
}
