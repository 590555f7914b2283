package dev.penstock.surface.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Chunk;
import dev.penstock.core.Delta;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.provider.Frame;
import dev.penstock.provider.SseFrames;
import dev.penstock.provider.StreamReader;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.provider.openai.Recordings;
import dev.penstock.provider.openai.Recordings.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What this surface writes reads as what it was written from: through the hub and back, on recorded exchanges. */
class ChatRoundTripTests {

    private final OpenAiDialect dialect = new OpenAiDialect();
    private final ChatSurface surface = new ChatSurface(Clock.systemUTC());

    static List<Exchange> streams() {
        return Recordings.streams().stream()
                .filter(it -> !it.derived().hasNonNull("error"))
                .toList();
    }

    static List<Exchange> wholes() {
        return Recordings.wholes().stream()
                .filter(it -> !it.id().startsWith("azure/chat/018"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void aWholeAnswerReadsTheSameAfterwards(Exchange exchange) {
        ChatAnswer answer = dialect.decode(Json.LENIENT_DEPTH.read(exchange.body()));
        ChatAnswer again = dialect.decode(surface.whole(answer, "r1"));
        assertThat(again.model()).isEqualTo(answer.model());
        assertThat(again.usage()).isEqualTo(answer.usage());
        assertThat(spoken(again)).isEqualTo(spoken(answer));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamReadsTheSameAfterwards(Exchange exchange) {
        List<Delta> deltas = new ArrayList<>();
        StreamReader reader = dialect.reader();
        byte[] body = exchange.body().getBytes(StandardCharsets.UTF_8);
        new SseFrames().feed(ByteBuffer.wrap(body), frame -> reader.read(frame, deltas::add));
        List<Chunk> chunks = new ArrayList<>();
        DeltaWriter writer = surface.writer("r1");
        deltas.forEach(delta -> writer.write(delta, chunks::add));
        writer.end(chunks::add);

        List<Delta> again = new ArrayList<>();
        StreamReader reread = dialect.reader();
        chunks.forEach(chunk -> reread.read(new Frame("", chunk.data()), again::add));
        assertThat(reread.complete()).isTrue();
        assertThat(folded(again)).isEqualTo(folded(deltas));
        assertThat(chunks).allMatch(chunk -> !chunk.tree().has("error"));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void aRequestKeepsItsConversationThroughTheHub(Exchange exchange) {
        ObjectNode sent = (ObjectNode) exchange.request();
        ChatRequest hub = ChatReader.read(sent);
        ObjectNode encoded = dialect.encode(hub, "m", 0).body();
        ChatRequest again = ChatReader.read(encoded);
        assertThat(again.sampling())
                .usingRecursiveComparison()
                .ignoringFields("topK")
                .isEqualTo(hub.sampling());
        assertThat(again.turns().stream().flatMap(ChatRoundTripTests::flat).toList())
                .isEqualTo(
                        hub.turns().stream().flatMap(ChatRoundTripTests::flat).toList());
        assertThat(again.tools()).isEqualTo(hub.tools());
        assertThat(again.toolChoice()).isEqualTo(hub.toolChoice());
        assertThat(again.extras().keySet()).isEqualTo(hub.extras().keySet());
    }

    private static List<Part> spoken(ChatAnswer answer) {
        return answer.choices().stream()
                .flatMap(choice -> choice.parts().stream())
                .filter(part -> !(part instanceof Part.Foreign))
                .map(part ->
                        part instanceof Part.ToolCall call && call.arguments().isEmpty()
                                ? new Part.ToolCall(call.id(), call.name(), "{}")
                                : part)
                .toList();
    }

    /** Pictures of a tool come out in a turn of their own. */
    private static Stream<Part> flat(Turn turn) {
        return turn.parts().stream()
                .flatMap(part -> part instanceof Part.ToolResult it ? it.parts().stream() : Stream.of(part));
    }

    private static Map<String, String> folded(List<Delta> deltas) {
        Map<String, String> folded = new LinkedHashMap<>();
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Text it) {
                folded.merge("text" + it.choice(), it.text(), String::concat);
            } else if (delta instanceof Delta.Reasoning it) {
                folded.merge("reasoning" + it.choice(), it.text(), String::concat);
            } else if (delta instanceof Delta.ToolStart it) {
                folded.put("call" + it.choice() + it.call(), it.id() + it.name());
                folded.put("arguments" + it.choice() + it.call(), "");
            } else if (delta instanceof Delta.ToolArguments it) {
                folded.merge("arguments" + it.choice() + it.call(), it.fragment(), String::concat);
            } else if (delta instanceof Delta.Tokens it) {
                folded.put("usage", it.usage().toString());
            }
        }
        folded.replaceAll((key, value) -> key.startsWith("arguments") && value.isEmpty() ? "{}" : value);
        return new TreeMap<>(folded);
    }
}
