package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller that asks for several answers at once on one connection. */
class PipelinedStreamsTests {

    private static final String PATH = "/v1/chat/completions";

    private static Script saying(String text) {
        return Wires.begun().sse(Wires.delta(text)).sse(Wires.finish()).done();
    }

    @Test
    void eachIsWrittenWholeBeforeTheNext() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            upstream.enqueue(saying("one"));
            upstream.enqueue(saying("two"));
            upstream.enqueue(Script.json(200, Wires.ANSWER));
            try (RawClient client = gateway.client()) {
                client.post(PATH, RunningGateway.CALLER, Wires.ASK_STREAM)
                        .post(PATH, RunningGateway.CALLER, Wires.ASK_STREAM)
                        .post(PATH, RunningGateway.CALLER, Wires.ASK);
                for (String text : List.of("one", "two")) {
                    RawAnswer head = client.answer();
                    assertThat(head.header("content-type")).startsWith("text/event-stream");
                    List<String> events = Wires.events(client);
                    assertThat(events).endsWith("[DONE]");
                    assertThat(String.join("", events))
                            .contains("\"" + text + "\"")
                            .doesNotContain("one".equals(text) ? "\"two\"" : "\"one\"");
                }
                assertThat(client.answer().header("content-type")).startsWith("application/json");
                assertThat(client.text()).contains("Hello");
            }
        }
    }
}
