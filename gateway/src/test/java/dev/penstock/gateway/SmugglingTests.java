package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests whose end two readers could see in two places: one answer, an error, and what hides behind it is never read as another. */
class SmugglingTests {

    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\nauthorization: Bearer psk_test\r\n"
                    + "content-type: application/json\r\n";
    private static final String CHUNKED = "2\r\n{}\r\n0\r\n\r\n";

    /** What a proxy would take for a part of the body before it. */
    private static final String HIDDEN = "GET /health HTTP/1.1\r\nhost: a\r\n\r\n";

    private static ScriptedUpstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
        gateway = RunningGateway.with(Wires.oneProvider(upstream, ""));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Map<String, String> ambiguous() {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("a length and chunks", "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n" + CHUNKED);
        requests.put("chunks and a length", "transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n" + CHUNKED);
        requests.put("two lengths", "content-length: 2\r\ncontent-length: 40\r\n\r\n{}");
        requests.put("two lengths in one", "content-length: 2, 40\r\n\r\n{}");
        requests.put("a length with a sign", "content-length: +2\r\n\r\n{}");
        requests.put("a length below nothing", "content-length: -2\r\n\r\n{}");
        requests.put("a length in hex", "content-length: 0x2\r\n\r\n{}");
        requests.put("a coding nobody knows", "transfer-encoding: xchunked\r\n\r\n" + CHUNKED);
        requests.put("chunks that are not last", "transfer-encoding: chunked, identity\r\n\r\n" + CHUNKED);
        requests.put("a space before the colon", "transfer-encoding : chunked\r\n\r\n" + CHUNKED);
        requests.put("a chunk's size that is no number", "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        requests.put("a chunk's size below nothing", "transfer-encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n");
        requests.put("a null in a header", "x-a: b\0c\r\ncontent-length: 2\r\n\r\n{}");
        return requests;
    }

    @TestFactory
    Stream<DynamicTest> whatIsAmbiguousIsRefusedAndNothingBehindItIsARequest() {
        return ambiguous().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    try (RawClient client = gateway.client().raw(HEAD + it.getValue() + HIDDEN)) {
                        String told = new String(client.shutdownOutput().bytes(64 * 1024), StandardCharsets.UTF_8);
                        assertThat(told).startsWith("HTTP/1.1 400 ");
                        assertThat(told.split("HTTP/1\\.1 ", -1)).as(told).hasSize(2);
                    }
                    assertThat(upstream.ledger().exchanges()).isEmpty();
                }));
    }
}
