package dev.penstock.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.UpstreamError;
import dev.penstock.provider.Facts;
import dev.penstock.provider.StreamScanner.Sight;
import dev.penstock.provider.openai.Recordings.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What real services sent, read by {@link OpenAiDialect}. */
class OpenAiRecordingsTests {

    private final OpenAiDialect dialect = new OpenAiDialect();

    static List<Exchange> streams() {
        return Recordings.streams();
    }

    static List<Exchange> wholes() {
        return Recordings.wholes().stream()
                .filter(it -> !it.id().startsWith("azure/chat/018"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamReadsTheSameHoweverItWasCut(Exchange exchange) {
        Reading whole = Reading.of(exchange.body(), exchange.body().length());
        for (int size : new int[] {1, 2, 3, 7, 1000}) {
            assertThat(Reading.of(exchange.body(), size))
                    .as("pieces of %d", size)
                    .isEqualTo(whole);
        }
        JsonNode derived = exchange.derived();
        assertThat(whole.text()).isEqualTo(derived.path("text").asString(""));
        assertThat(whole.reasoning()).isEqualTo(derived.path("reasoning").asString(""));
        assertThat(whole.calls()).hasSameSizeAs(derived.path("tool_calls").values());
        assertThat(whole.failed()).isEqualTo(derived.hasNonNull("error"));
        assertThat(whole.usage()).isEqualTo(whole.scanned());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamThatDidNotFailIsCompleteOnlyAtItsEnd(Exchange exchange) {
        Reading whole = Reading.of(exchange.body(), 1000);
        assertThat(whole.complete() || whole.failed()).isTrue();
        int finish = whole.sights().indexOf(Sight.FINISH);
        if (finish > 1 && !whole.failed()) {
            String half = exchange.body().substring(0, exchange.body().length() / 4);
            assertThat(Reading.of(half, 1000).complete()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void aWholeAnswerReadsAsItsDerivedReadingSays(Exchange exchange) {
        JsonNode body = Json.LENIENT_DEPTH.read(exchange.body());
        ChatAnswer answer = dialect.decode(body);
        Facts facts = dialect.facts(body);
        List<Part> parts = answer.choices().get(0).parts();
        JsonNode derived = exchange.derived();
        assertThat(texts(parts)).isEqualTo(derived.path("text").asString(""));
        assertThat(names(parts)).isEqualTo(names(derived.path("tool_calls"), body));
        assertThat(facts.finish()).isEqualTo(derived.path("finish").asString(""));
        assertThat(facts.usage()).isEqualTo(answer.usage()).isNotNull();
    }

    @Test
    void errorsAreReadAsWhatTheyMean() {
        for (Exchange exchange : Recordings.errors()) {
            UpstreamError error =
                    dialect.error(exchange.status(), Map.of(), exchange.body().getBytes(StandardCharsets.UTF_8));
            UpstreamError.Kind expected = exchange.body().contains("tool_use_failed")
                    ? UpstreamError.Kind.BAD_GENERATION
                    : switch (exchange.status()) {
                        case 401 -> UpstreamError.Kind.CREDENTIAL;
                        case 404 -> UpstreamError.Kind.NOT_FOUND;
                        case 429 -> UpstreamError.Kind.RATE;
                        default -> UpstreamError.Kind.CALLER;
                    };
            assertThat(error.kind()).as(exchange.id()).isEqualTo(expected);
            assertThat(error.message().isEmpty())
                    .as(exchange.id())
                    .isEqualTo(expected == UpstreamError.Kind.CREDENTIAL);
        }
    }

    @Test
    void recordedRequestsAreRelayedWithNothingButTheModelChanged() {
        for (Exchange exchange : Recordings.wholes()) {
            ObjectNode sent = (ObjectNode) exchange.request();
            ObjectNode relayed = dialect.relay(sent, "other", 0).body();
            assertThat(relayed.put("model", sent.path("model").asString("")))
                    .as(exchange.id())
                    .isEqualTo(sent);
        }
    }

    private static String texts(List<Part> parts) {
        return parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(it -> ((Part.Text) it).text())
                .collect(Collectors.joining());
    }

    private static List<String> names(List<Part> parts) {
        return parts.stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(it -> ((Part.ToolCall) it).name())
                .toList();
    }

    /** Derived readings leave out legacy calls and the names of custom tools. */
    private static List<String> names(JsonNode calls, JsonNode body) {
        JsonNode message = body.path("choices").path(0).path("message");
        if (message.path("function_call").isObject()) {
            return List.of(message.path("function_call").path("name").asString());
        }
        List<String> names = StreamSupport.stream(calls.spliterator(), false)
                .map(it -> it.path("name").asString(""))
                .toList();
        JsonNode custom = message.path("tool_calls").path(0).path("custom");
        return custom.isObject() ? List.of(custom.path("name").asString()) : names;
    }
}
