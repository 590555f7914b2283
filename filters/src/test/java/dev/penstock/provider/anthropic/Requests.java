package dev.penstock.provider.anthropic;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.Turn;
import dev.penstock.provider.UpstreamRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Hub requests for tests, put together a field at a time. */
final class Requests {

    static final AnthropicDialect DIALECT =
            new AnthropicDialect(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    private final List<Turn> turns;
    private List<Tool> tools = List.of();
    private @Nullable ToolChoice choice;
    private @Nullable Boolean parallel;
    private @Nullable AnswerFormat format;
    private int cap;
    private Sampling sampling = Sampling.DEFAULT;
    private final Map<String, JsonNode> extras = new HashMap<>();

    private Requests(List<Turn> turns) {
        this.turns = turns;
    }

    static Requests of(Turn... turns) {
        return new Requests(new ArrayList<>(Arrays.asList(turns)));
    }

    static Requests hello() {
        return of(user("hello"));
    }

    static Turn system(String text) {
        return Turn.of(Turn.Role.SYSTEM, new Part.Text(text));
    }

    static Turn user(String text) {
        return Turn.of(Turn.Role.USER, new Part.Text(text));
    }

    static Turn assistant(Part... parts) {
        return Turn.of(Turn.Role.ASSISTANT, parts);
    }

    static Part call(String id, String arguments) {
        return new Part.ToolCall(id, "weather", arguments);
    }

    static Turn result(String id, String text) {
        return Turn.of(Turn.Role.TOOL, new Part.ToolResult(id, List.of(new Part.Text(text)), false));
    }

    static Tool tool(String name) {
        return new Tool(name, "does " + name, json("{'type':'object','properties':{'a':{'type':'string'}}}"), null);
    }

    static JsonNode json(String singleQuoted) {
        return Json.LENIENT_DEPTH.read(singleQuoted.replace('\'', '"'));
    }

    Requests tools(Tool... offered) {
        tools = List.of(offered);
        return this;
    }

    Requests choice(ToolChoice chosen) {
        choice = chosen;
        return this;
    }

    Requests oneCallAtATime() {
        parallel = false;
        return this;
    }

    Requests format(AnswerFormat wanted) {
        format = wanted;
        return this;
    }

    Requests sampling(Sampling drawn) {
        sampling = drawn;
        return this;
    }

    Requests effort(String level, @Nullable Integer maxTokens) {
        sampling = new Sampling(maxTokens, null, null, null, List.of(), level);
        return this;
    }

    Requests cap(int tokens) {
        cap = tokens;
        return this;
    }

    Requests extra(String name, String singleQuoted) {
        extras.put(name, json(singleQuoted));
        return this;
    }

    ChatRequest hub() {
        return new ChatRequest(turns, tools, choice, parallel, format, sampling, false, extras);
    }

    UpstreamRequest encode(String model) {
        return DIALECT.encode(hub(), model, cap);
    }

    JsonNode body(String model) {
        return encode(model).body();
    }

    JsonNode messages(String model) {
        return body(model).path("messages");
    }
}
