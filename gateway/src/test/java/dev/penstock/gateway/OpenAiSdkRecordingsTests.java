package dev.penstock.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import dev.penstock.core.Json;
import dev.penstock.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The official OpenAI client reads what real providers sent, cut at random bytes; skipped where there are no recordings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkRecordingsTests {

    private SdkGateway gateway;
    private OpenAIClient client;

    /** One exchange; {@code derived} is what another reader understood. */
    private record Recording(String provider, boolean stream, JsonNode tree) {

        byte[] body() {
            return tree.path("response").path("body_text").asString("").getBytes(UTF_8);
        }

        Script script() {
            return stream ? Recorded.events(body()) : Recorded.json(200, body());
        }

        /**
         * Left out are several choices and custom tools, which {@code derived} does not tell apart, and streams that the
         * client's accumulator refuses by itself: a chunk after the usage (moderation), usage beside a choice (OpenRouter).
         */
        boolean isPlain() {
            JsonNode response = tree.path("response");
            String body = response.path("body_text").asString("");
            String tags = tree.path("tags").toString();
            boolean told = !tags.contains("n_choices") && !body.contains("\"custom\"");
            boolean accumulated = !stream || !tags.contains("moderation") && !body.contains("\"id\":\"gen-");
            return response.path("status").intValue() == 200 && told && accumulated;
        }

        String derived(String field) {
            return tree.path("derived").path(field).asString("");
        }

        List<String> calls() {
            return tree.path("derived")
                    .path("tool_calls")
                    .valueStream()
                    .filter(call -> !call.path("id").asString("").startsWith("srvtoolu_"))
                    .filter(call -> !call.path("id").asString("").startsWith("mcptoolu_"))
                    .map(call -> call.path("name").asString(""))
                    .toList();
        }
    }

    @BeforeAll
    void start() {
        gateway = SdkGateway.seeded(11);
        client = gateway.client();
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    @TestFactory
    Stream<DynamicTest> wholeAnswersMeanWhatWasRecorded() {
        return Stream.concat(recordings("openai", "chat"), recordings("anthropic", "messages"))
                .map(one -> DynamicTest.dynamicTest(one.tree().path("id").asString(""), () -> whole(one)));
    }

    @TestFactory
    Stream<DynamicTest> streamsMeanWhatWasRecorded() {
        return Stream.concat(recordings("openai", "chat-stream"), recordings("anthropic", "messages-stream"))
                .map(one -> DynamicTest.dynamicTest(one.tree().path("id").asString(""), () -> stream(one)));
    }

    private void whole(Recording one) {
        gateway.upstream(one.provider()).enqueue(one.script());
        ChatCompletion answer =
                client.chat().completions().create(ask(one.provider()).build());
        assertThat(answer.isValid()).as("by the client's own schema").isTrue();
        means(one, answer.choices().get(0).message());
        counts(one, answer.usage().orElseThrow());
    }

    private void stream(Recording one) {
        gateway.upstream(one.provider()).enqueue(one.script());
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<CompletionUsage> usages = new ArrayList<>();
        var asking = ask(one.provider())
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking.build())) {
            stream.stream()
                    .peek(whole::accumulate)
                    .forEach(chunk -> chunk.usage().ifPresent(usages::add));
        }
        means(one, whole.chatCompletion().choices().get(0).message());
        if (one.provider().equals("anthropic")) {
            assertThat(usages).hasSize(1);
            counts(one, usages.get(0));
        }
    }

    private static void means(Recording one, ChatCompletionMessage message) {
        assertThat(message.content().orElse("")).isEqualTo(one.derived("text"));
        List<String> called = message.toolCalls().orElse(List.of()).stream()
                .map(call -> call.asFunction().function().name())
                .toList();
        assertThat(called).isEqualTo(one.calls());
    }

    private static void counts(Recording one, CompletionUsage usage) {
        JsonNode recorded = one.tree().path("derived").path("usage");
        long output = recorded.path("output_tokens").asLong(0)
                + recorded.path("completion_tokens").asLong(0);
        assertThat(usage.completionTokens()).isEqualTo(output);
    }

    private static ChatCompletionCreateParams.Builder ask(String provider) {
        return ChatCompletionCreateParams.builder()
                .model(provider + "/recorded")
                .addUserMessage("What turns the mill?");
    }

    private static Stream<Recording> recordings(String provider, String api) {
        Path folder = RunningGateway.root()
                .resolve("../shared/conformance/train/exchanges")
                .resolve(provider)
                .resolve(api);
        assumeTrue(Files.isDirectory(folder), "no recordings here");
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .sorted()
                    .map(file -> new Recording(provider, api.endsWith("stream"), read(file)))
                    .filter(Recording::isPlain)
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.LENIENT_DEPTH.read(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
