package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A whole answer that breaks on its way is never passed on as one that did not. */
class BodyFaultTests {

    private static final byte[] HALF = Wires.ANSWER.substring(0, 100).getBytes(StandardCharsets.UTF_8);

    @TestFactory
    Stream<DynamicTest> aBrokenBodyIsAFailure() {
        Map<String, Script> faults = faults();
        return faults.entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> check(fault.getValue())));
    }

    private static Map<String, Script> faults() {
        Map<String, Script> faults = new HashMap<>();
        faults.putAll(Map.of(
                "RST in mid body",
                        json().body(Wires.ANSWER.length(), HALF).flush().reset(),
                "FIN in mid body",
                        json().body(Wires.ANSWER.length(), HALF).flush().fin(),
                "RST in mid chunks", json().chunked().chunk(HALF).flush().reset(),
                "FIN in mid chunks", json().chunked().chunk(HALF).flush().fin(),
                "half a document that ends well", json().body(HALF),
                "an empty body", json().body(""),
                "not an answer", json().body("{\"hello\":1}"),
                "an error with 200", json().body("{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}"),
                "two documents", json().body(Wires.ANSWER + Wires.ANSWER),
                "duplicate keys", json().body("{\"choices\":[],\"choices\":[]}")));
        faults.put("a choice without message", json().body("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}"));
        faults.put(
                "a page", Script.answer(200).header("content-type", "text/html").body("<html></html>"));
        faults.put("a coded body", json().header("content-encoding", "gzip").body(Wires.ANSWER));
        return faults;
    }

    @Test
    void earlyHintsAreNotTheAnswer() {
        Script hints = Script.empty()
                .raw("HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n")
                .raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + Wires.ANSWER.length()
                        + "\r\n\r\n" + Wires.ANSWER)
                .flush();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(hints);
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            RawClient client = gateway.chat(Wires.ASK);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.text()).isEqualTo(Wires.ANSWER);
        }
    }

    @Test
    void aFloodOfEarlyHintsIsAnError() {
        Script flood = Script.empty()
                .raw("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100))
                .flush();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(flood);
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(502);
        }
    }

    private static Script json() {
        return Script.answer(200).header("content-type", "application/json");
    }

    private static void check(Script fault) {
        try (ScriptedUpstream first = ScriptedUpstream.start().enqueue(fault);
                ScriptedUpstream second = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second))) {
            RawClient client = gateway.chat(Wires.ASK);
            RawAnswer head = client.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-penstock-provider")).isEqualTo("second");
            assertThat(client.text()).isEqualTo(Wires.ANSWER);
        }
    }
}
