package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.models.Model;
import dev.penstock.testing.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official OpenAI client, as it is, in front of the mock and of recorded bytes of both dialects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkTests {

    /** What structured outputs are asked for. */
    static final class Mill {
        public String title;
        public List<String> parts;
        public int rating;
    }

    /** A tool, in the client's own form. */
    static final class Weather {
        public String city;
        public int days;
    }

    private SdkGateway gateway;
    private OpenAIClient client;

    @BeforeAll
    void start() {
        long seed = System.nanoTime();
        System.out.println("OpenAiSdkTests: recordings are cut by seed " + seed);
        gateway = SdkGateway.seeded(seed);
        client = gateway.client();
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void aChatIsAnswered(String provider) {
        ChatCompletion answer =
                client.chat().completions().create(ask(provider + "/text").build());
        answer.validate();
        ChatCompletion.Choice choice = answer.choices().get(0);
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        said(provider, choice.message().content().orElseThrow());
        counted(provider, answer.usage().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void aStreamAddsUpToTheAnswerAndItsUsage(String provider) {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        ChatCompletion answer = stream(ask(provider + "/text").streamOptions(withUsage()), chunks);
        assertThat(chunks.stream().map(ChatCompletionChunk::id).distinct()).hasSize(1);
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        said(provider, answer.choices().get(0).message().content().orElseThrow());
        counted(provider, chunks.get(chunks.size() - 1).usage().orElseThrow());
        assertThat(chunks.get(chunks.size() - 1).choices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void usageThatWasNotAskedForIsNotStreamed(String provider) {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        stream(ask(provider + "/text"), chunks);
        assertThat(chunks)
                .isNotEmpty()
                .allMatch(chunk -> chunk.usage().isEmpty())
                .noneMatch(chunk -> chunk.choices().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void toolsAreCalledAndTheirResultsAnswered(String provider) {
        ChatCompletionCreateParams.Builder asking = asking(provider).addTool(Weather.class);
        ChatCompletionMessage message = client.chat()
                .completions()
                .create(asking.build())
                .choices()
                .get(0)
                .message();
        called(provider, message);
        ChatCompletion after =
                client.chat().completions().create(answered(asking, message).build());
        toldAfter(provider, after.choices().get(0).message().content().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void streamedToolCallsAddUp(String provider) {
        ChatCompletionCreateParams.Builder asking = asking(provider).addTool(Weather.class);
        ChatCompletion answer = stream(asking, new ArrayList<>());
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessage message = answer.choices().get(0).message();
        called(provider, message);
        ChatCompletion after = stream(answered(asking, message), new ArrayList<>());
        toldAfter(provider, after.choices().get(0).message().content().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void structuredOutputIsReadByTheClient(String provider) {
        var answer = client.chat()
                .completions()
                .create(ask(provider + "/schema").responseFormat(Mill.class).build());
        described(provider, answer.choices().get(0).message().content().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void structuredOutputIsReadFromAStream(String provider) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(
                        ask(provider + "/schema").responseFormat(Mill.class).build())) {
            stream.stream().forEach(whole::accumulate);
        }
        described(
                provider,
                whole.chatCompletion(Mill.class)
                        .choices()
                        .get(0)
                        .message()
                        .content()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "openai", "anthropic"})
    void aRefusalIsOne(String provider) {
        ChatCompletionCreateParams.Builder asking = ask(provider + "/refusal");
        ChatCompletionMessage whole = client.chat()
                .completions()
                .create(asking.build())
                .choices()
                .get(0)
                .message();
        ChatCompletionMessage streamed =
                stream(asking, new ArrayList<>()).choices().get(0).message();
        assertThat(whole.refusal().orElseThrow()).startsWith(Recorded.REFUSAL);
        assertThat(whole.content()).isEmpty();
        assertThat(streamed.refusal()).isEqualTo(whole.refusal());
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(client.models().list().data()).extracting(Model::id).containsExactlyInAnyOrder("default", "other");
        assertThat(client.models().retrieve("other").id()).isEqualTo("other");
        assertThat(client.models().retrieve("openai/gpt-4.1").id()).isEqualTo("openai/gpt-4.1");
        OpenAIClient narrow = gateway.client(SdkGateway.NARROW_KEY, 0);
        assertThat(narrow.models().list().data()).extracting(Model::id).containsExactly("default");
        narrow.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void theProviderGetsItsOwnKeyAndNothingOfTheCallers(String provider) {
        client.chat().completions().create(ask(provider + "/text").build());
        List<Exchange> received = gateway.upstream(provider).ledger().exchanges();
        Exchange last = received.get(received.size() - 1);
        String credential = provider.equals("openai") ? last.header("authorization") : last.header("x-api-key");
        assertThat(credential).endsWith("upk-" + provider);
        assertThat(last.headers().toString()).doesNotContain(RunningGateway.KEY, "x-stainless");
        assertThat(last.path()).isEqualTo(provider.equals("openai") ? "/v1/chat/completions" : "/v1/messages");
    }

    private ChatCompletion stream(ChatCompletionCreateParams.Builder asking, List<ChatCompletionChunk> chunks) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking.build())) {
            stream.stream().peek(whole::accumulate).forEach(chunks::add);
        }
        return whole.chatCompletion();
    }

    private static ChatCompletionCreateParams.Builder ask(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage("You know mills.")
                .addUserMessage("What turns the mill?");
    }

    private static ChatCompletionCreateParams.Builder asking(String provider) {
        return ChatCompletionCreateParams.builder()
                .model(provider + "/tools")
                .addUserMessage("What is the weather in Köln and in Kyōto?");
    }

    private static ChatCompletionStreamOptions withUsage() {
        return ChatCompletionStreamOptions.builder().includeUsage(true).build();
    }

    private static ChatCompletionCreateParams.Builder answered(
            ChatCompletionCreateParams.Builder asking, ChatCompletionMessage message) {
        asking.addMessage(message);
        for (ChatCompletionMessageToolCall call : message.toolCalls().orElseThrow()) {
            asking.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .content("mild")
                    .build());
        }
        return asking;
    }

    private static void said(String provider, String text) {
        assertThat(text).isNotBlank();
        if (!provider.equals("mock")) {
            assertThat(text).isEqualTo(Recorded.TEXT);
        }
    }

    private static void toldAfter(String provider, String text) {
        assertThat(text).isEqualTo(provider.equals("mock") ? text : Recorded.AFTER_TOOLS);
        assertThat(text).isNotBlank();
    }

    private static void counted(String provider, CompletionUsage usage) {
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        assertThat(usage.completionTokens()).isPositive();
        if (!provider.equals("mock")) {
            assertThat(usage.promptTokens()).isEqualTo(31);
            assertThat(usage.completionTokens()).isEqualTo(12);
            assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(16L);
        }
    }

    private static void called(String provider, ChatCompletionMessage message) {
        List<ChatCompletionMessageFunctionToolCall> calls = message.toolCalls().orElseThrow().stream()
                .map(ChatCompletionMessageToolCall::asFunction)
                .toList();
        assertThat(calls).isNotEmpty().allMatch(call -> call.function().name().equals("Weather"));
        assertThat(calls).extracting(ChatCompletionMessageFunctionToolCall::id).doesNotHaveDuplicates();
        List<Weather> asked = calls.stream()
                .map(call -> call.function().arguments(Weather.class))
                .toList();
        if (!provider.equals("mock")) {
            assertThat(asked).extracting(it -> it.city + it.days).containsExactly("Köln2", "Kyōto1");
        }
    }

    private static void described(String provider, Mill mill) {
        assertThat(mill.title).isNotNull();
        assertThat(mill.parts).isNotNull();
        if (!provider.equals("mock")) {
            assertThat(mill.title).isEqualTo("Water & mill");
            assertThat(mill.parts).containsExactly("wheel", "Rinne");
            assertThat(mill.rating).isEqualTo(4);
        }
    }
}
