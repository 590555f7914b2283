package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.assistant;
import static dev.penstock.provider.anthropic.Requests.result;
import static dev.penstock.provider.anthropic.Requests.system;
import static dev.penstock.provider.anthropic.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import dev.penstock.core.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hub requests whose translation was recorded on its way to the real provider, by other clients. */
class AnthropicRecordedRequestsTests {

    @Test
    void parallelCallsAndTheirResults() throws IOException {
        ObjectNode recorded = recorded("messages", "063");
        JsonNode messages = recorded.path("messages");
        List<JsonNode> calls =
                messages.path(1).path("content").valueStream().skip(1).toList();
        Part[] said = Stream.concat(
                        Stream.of(new Part.Text(
                                text(messages.path(1).path("content").path(0)))),
                        calls.stream().map(AnthropicRecordedRequestsTests::call))
                .toArray(Part[]::new);
        Requests asked = Requests.of(
                        system(recorded.path("system").stringValue()),
                        user("Alice, Bob, Charlie and Daisy are a family. Who is the youngest?"),
                        assistant(said),
                        result(calls.get(0).path("id").stringValue(), "alice is bob's wife"),
                        result(calls.get(1).path("id").stringValue(), "bob is alice's husband"),
                        result(calls.get(2).path("id").stringValue(), "charlie is alice's son"),
                        result(
                                calls.get(3).path("id").stringValue(),
                                "daisy is bob's daughter and charlie's younger sister"))
                .tools(tool(recorded))
                .choice(ToolChoice.of(Mode.AUTO))
                .sampling(new Sampling(4096, null, null, null, List.of(), null));
        messages.path(2).path("content").forEach(block -> ((ObjectNode) block).remove("is_error"));
        assertThat(asked.body("claude-haiku-4-5")).isEqualTo(recorded);
    }

    @Test
    void aForcedTool() throws IOException {
        ObjectNode recorded = recorded("messages", "023");
        Requests asked = Requests.of(user("What's the fall of Rome?"))
                .tools(tool(recorded))
                .choice(ToolChoice.named("weather"));
        assertThat(asked.body("claude-haiku-4-5-20251001")).isEqualTo(recorded);
    }

    @Test
    void anImageInAStream() throws IOException {
        ObjectNode recorded = recorded("messages-stream", "030");
        JsonNode source =
                recorded.path("messages").path(0).path("content").path(0).path("source");
        Part image = new Part.Image("image/png", source.path("data").stringValue(), null, "auto");
        Turn turn = Turn.of(Turn.Role.USER, image, new Part.Text("Describe image in three words"));
        Requests asked = Requests.of(turn).sampling(new Sampling(8192, 1.0, null, null, List.of(), null));
        assertThat(asked.body("claude-sonnet-4-5").get("messages")).isEqualTo(recorded.get("messages"));
        assertThat(asked.body("claude-sonnet-4-5").path("temperature").doubleValue())
                .isEqualTo(1.0);
    }

    @Test
    void aSystemTextAtTheEnd() throws IOException {
        ObjectNode recorded = recorded("messages", "069");
        Requests asked = Requests.of(
                        system("You are a code reviewer."),
                        user("Review `def add(a, b): return a + b`."),
                        assistant(new Part.Text("Looks fine.")),
                        user("Review it again."),
                        system("From now on, every suggestion must include explicit type annotations."))
                .sampling(new Sampling(4096, null, null, null, List.of(), null));
        assertThat(asked.body("claude-opus-4-8")).isEqualTo(recorded);
    }

    private static ObjectNode recorded(String folder, String number) throws IOException {
        Path all = Path.of(System.getProperty("penstock.root", "."), "..", "shared", "conformance", "train")
                .resolve(Path.of("exchanges", "anthropic", folder));
        assumeTrue(Files.isDirectory(all), "no recordings beside the repository");
        try (Stream<Path> files = Files.list(all)) {
            Path file = files.filter(one -> one.getFileName().toString().startsWith(number))
                    .findFirst()
                    .orElseThrow();
            JsonNode body = Json.LENIENT_DEPTH
                    .read(Files.readString(file))
                    .path("request")
                    .path("body");
            ObjectNode sent = (ObjectNode) body;
            sent.remove("stream");
            return sent;
        }
    }

    private static Part call(JsonNode block) {
        String arguments = Json.LENIENT_DEPTH.text(block.path("input"));
        return new Part.ToolCall(
                block.path("id").stringValue(), block.path("name").stringValue(), arguments);
    }

    private static Tool tool(JsonNode recorded) {
        JsonNode tool = recorded.path("tools").path(0);
        return new Tool(
                tool.path("name").stringValue(),
                tool.path("description").stringValue(),
                tool.path("input_schema"),
                null);
    }

    private static String text(JsonNode block) {
        return block.path("text").stringValue();
    }
}
