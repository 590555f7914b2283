package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Which of the offered tools the mock calls. */
final class ToolUse {

    private static final int MOST_CALLS = 4;

    private final Asking asking;
    private final Arguments arguments;

    ToolUse(Asking asking, Arguments arguments) {
        this.asking = asking;
        this.arguments = arguments;
    }

    /**
     * The calls, none when the mock should answer in words: what {@code tool_choice} forces; else, after a user message, the
     * tools whose name shares a word with it, or the one whose description shares most.
     */
    List<Reply.Call> calls() {
        List<JsonNode> chosen = chosen();
        List<Reply.Call> calls = new ArrayList<>();
        for (JsonNode tool : chosen) {
            calls.add(call(tool, calls.size()));
        }
        return calls;
    }

    /** A call of the first tool offered; none when none is. */
    List<Reply.Call> first() {
        return asking.tools().stream().limit(1).map(tool -> call(tool, 0)).toList();
    }

    private List<JsonNode> chosen() {
        JsonNode choice = asking.toolChoice();
        String mode = choice.isString() ? choice.stringValue() : Json.string(choice, "type");
        return switch (mode) {
            case "none" -> List.of();
            case "required" -> forced(asking.tools());
            case "function", "custom" -> named(Json.string(choice.path(mode), "name"));
            case "allowed_tools" -> allowed(choice.path("allowed_tools"));
            default -> wanted(asking.tools());
        };
    }

    private List<JsonNode> named(String name) {
        return asking.tools().stream()
                .filter(tool -> name(tool).equals(name))
                .limit(1)
                .toList();
    }

    private List<JsonNode> allowed(JsonNode allowed) {
        List<String> names =
                allowed.path("tools").valueStream().map(ToolUse::name).toList();
        List<JsonNode> tools = asking.tools().stream()
                .filter(tool -> names.contains(name(tool)))
                .toList();
        return Json.string(allowed, "mode").equals("required") ? forced(tools) : wanted(tools);
    }

    private List<JsonNode> forced(List<JsonNode> tools) {
        List<JsonNode> wanted = wanted(tools);
        return wanted.isEmpty() ? tools.stream().limit(1).toList() : wanted;
    }

    private List<JsonNode> wanted(List<JsonNode> tools) {
        if (!asking.lastRole().equals("user")) {
            return List.of();
        }
        List<String> words = Words.of(asking.last("user"));
        List<JsonNode> byName =
                tools.stream().filter(tool -> shared(words, name(tool)) > 0).toList();
        if (!byName.isEmpty()) {
            return byName.stream()
                    .limit(asking.parallelCalls() ? MOST_CALLS : 1)
                    .toList();
        }
        return byDescription(tools, words);
    }

    private static List<JsonNode> byDescription(List<JsonNode> tools, List<String> words) {
        JsonNode best = null;
        long most = 0;
        for (JsonNode tool : tools) {
            long shared = shared(words, Json.string(inner(tool), "description"));
            best = shared > most ? tool : best;
            most = Math.max(shared, most);
        }
        return Stream.ofNullable(best).toList();
    }

    private static long shared(List<String> words, String text) {
        return Words.of(text).stream().filter(words::contains).count();
    }

    private Reply.Call call(JsonNode tool, int index) {
        String type = Json.string(tool, "type").equals("custom") ? "custom" : "function";
        String input = type.equals("custom")
                ? arguments.words()
                : arguments.fitting(inner(tool).path("parameters"));
        String id = "call_mock_" + Hash.hex(Hash.of(asking.body().path("messages")) + index);
        return new Reply.Call(id, type, name(tool), Pieces.of(input));
    }

    private static JsonNode inner(JsonNode tool) {
        return Json.string(tool, "type").equals("custom") ? tool.path("custom") : tool.path("function");
    }

    private static String name(JsonNode tool) {
        return Json.string(inner(tool), "name");
    }

    /** Makes what tools are called with. */
    interface Arguments {

        /** JSON text that fits the schema; {@code {}} without one. */
        String fitting(JsonNode schema);

        /** Free text. */
        String words();
    }
}
