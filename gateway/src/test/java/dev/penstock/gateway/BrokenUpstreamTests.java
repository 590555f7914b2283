package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.RawEvent;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** A provider that breaks: before the first event the next one answers, after it the caller sees the break. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenUpstreamTests {

    private ScriptedUpstream first;
    private ScriptedUpstream second;
    private RunningGateway gateway;

    @BeforeAll
    void start() {
        first = ScriptedUpstream.start();
        second = ScriptedUpstream.start();
        String limits = "    timeout: { connect: 2s, first-byte: 400ms, idle: 400ms, total: 20s }\n"
                + "    breaker: { minimum: 1000, window: 1000, open-for: 1s }\n";
        gateway = RunningGateway.with(
                "providers:\n" + Wires.provider("first", first, limits)
                        + Wires.provider("second", second, limits)
                        + "stream: { heartbeat: 40ms }\n"
                        + "models:\n  default:\n    targets: [ { provider: first, model: m1, priority: 1 }, { provider: second, model: m2, priority: 2 } ]\n");
    }

    @AfterAll
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    private static Map<String, Script> beforeTheFirstEvent() {
        return Map.ofEntries(
                Map.entry("RST before headers", Script.empty().reset()),
                Map.entry("FIN before headers", Script.empty().fin()),
                Map.entry(
                        "FIN inside the head",
                        Script.empty()
                                .raw("HTTP/1.1 200 OK\r\nContent-Ty")
                                .flush()
                                .fin()),
                Map.entry("nothing but the end marker", Script.stream().done()),
                Map.entry("RST after headers", Script.stream().flush().reset()),
                Map.entry(
                        "RST after the role",
                        Script.stream().sse(Wires.role()).flush().reset()),
                Map.entry(
                        "FIN after the role",
                        Script.stream().sse(Wires.role()).flush().fin()),
                Map.entry(
                        "end after the role", Script.stream().sse(Wires.role()).endChunks()),
                Map.entry(
                        "an error event first",
                        Script.stream()
                                .sse(
                                        "{\"error\":{\"message\":\"x\",\"type\":\"server_error\",\"param\":null,\"code\":null}}")
                                .endChunks()),
                Map.entry("garbage", Script.empty().garbage(200).fin()),
                Map.entry("garbage events", Script.stream().sse("{nonsense").endChunks()),
                Map.entry("bad chunk size", Script.stream().badChunkSize()),
                Map.entry(
                        "HTML with 200",
                        Script.answer(200).header("content-type", "text/html").body("<html></html>")),
                Map.entry("JSON with 200", Script.json("{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}")),
                Map.entry(
                        "503",
                        Script.json(
                                503,
                                "{\"error\":{\"message\":\"x\",\"type\":\"server_error\",\"param\":null,\"code\":null}}")),
                Map.entry(
                        "500 with HTML",
                        Script.answer(500).header("content-type", "text/html").body("<html></html>")),
                Map.entry("never an answer", Script.never()),
                Map.entry("headers and silence", Script.stream().flush().silence()));
    }

    @TestFactory
    Stream<DynamicTest> beforeTheFirstEventTheNextProviderAnswersTheStream() {
        return beforeTheFirstEvent().entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> theSecondAnswers(fault.getValue())));
    }

    private void theSecondAnswers(Script fault) {
        first.enqueue(fault);
        second.enqueue(Wires.wholeStream());
        int before = first.ledger().exchanges().size();
        try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
            RawAnswer head = client.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-penstock-provider")).isEqualTo("second");
            assertThat(head.header("x-penstock-attempts")).isEqualTo("2");
            assertThat(Wires.events(client)).endsWith("[DONE]").hasSize(5);
        }
        assertThat(first.ledger().exchanges())
                .as("calls at the failing provider")
                .hasSize(before + 1);
    }

    @Test
    void aBreakInMidStreamIsSeen() {
        for (Script fault : List.of(
                Wires.begun().flush().reset(),
                Wires.begun().flush().fin(),
                Wires.begun().endChunks(),
                Wires.begun()
                        .sse("{\"error\":{\"message\":\"x\",\"type\":\"server_error\",\"param\":null,\"code\":null}}")
                        .endChunks(),
                Wires.begun().sse("{nonsense").endChunks(),
                Wires.begun().flush().badChunkSize(),
                Wires.begun().flush().silence())) {
            first.enqueue(fault);
            RawClient client = gateway.chat(Wires.ASK_STREAM);
            assertThat(client.answer().status()).isEqualTo(200);
            List<String> events = Wires.events(client);
            assertThat(events).hasSize(4).doesNotContain("[DONE]");
            assertThat(events.get(3)).startsWith("{\"error\":{\"message\":");
            client.close();
        }
    }

    /** Ten times the heartbeat's period, then the provider's idle timeout. */
    @Test
    void aSilenceInMidStreamIsFilled() {
        first.enqueue(Wires.begun().flush().silence());
        try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
            assertThat(client.answer().status()).isEqualTo(200);
            List<RawEvent> events = new ArrayList<>();
            for (RawEvent event = client.event(); event != null; event = client.event()) {
                events.add(event);
            }
            assertThat(events).as("comments").anyMatch(event -> event.data().isEmpty());
            assertThat(events.get(events.size() - 1).data()).startsWith("{\"error\":{\"message\":");
        }
    }
}
