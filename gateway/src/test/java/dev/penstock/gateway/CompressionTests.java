package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spring's compression, turned on for all we write. */
class CompressionTests {

    private static final Map<String, String> HEADERS =
            Map.of("authorization", RunningGateway.CALLER.get("authorization"), "accept-encoding", "gzip");

    @Test
    void aStreamIsNotCompressedAndDoesNotSayThatItIs() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(
                        Wires.oneProvider(upstream, ""),
                        "--server.compression.enabled=true",
                        "--server.compression.mime-types=text/event-stream",
                        "--server.compression.min-response-size=1")) {
            upstream.enqueue(Wires.wholeStream());
            try (RawClient client = gateway.client().post("/v1/chat/completions", HEADERS, Wires.ASK_STREAM)) {
                RawAnswer head = client.answer();
                assertThat(head.header("content-encoding")).isNull();
                assertThat(Wires.events(client)).endsWith("[DONE]").hasSize(5);
            }
        }
    }
}
