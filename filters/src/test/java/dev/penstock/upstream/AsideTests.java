package dev.penstock.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Question;
import dev.penstock.exchange.SideCalls;
import dev.penstock.testing.Exchanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.node.ObjectNode;

/** What is asked beside the attempts passes the gates of its call first. */
class AsideTests {

    private static final ObjectNode BODY = Json.object().put("model", "m").put("input", "a text");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<String> passed = new ArrayList<>();

    @TempDir
    Path data;

    @Test
    void whatAGateRefusesIsNotSent() {
        try (KeyRoom room = new KeyRoom(data)) {
            StepVerifier.create(asked(room, Mono.error(new IllegalStateException("the disk is full"))))
                    .verifyErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(SideCalls.Failed.class)
                            .hasMessage("no durable record of the question"));
            assertThat(room.calls()).isEmpty();
        }
    }

    @Test
    void whatIsSentIsWhatTheGateSaw() {
        try (KeyRoom room = new KeyRoom(data)) {
            StepVerifier.create(asked(room, Mono.empty())).expectNextCount(1).verifyComplete();
            assertThat(passed)
                    .containsExactly("Question[provider=first, keyId=main, path=/moderations, model=m] "
                            + room.upstream.ledger().exchanges().get(0).text());
        }
    }

    private Mono<byte[]> asked(KeyRoom room, Mono<Void> gate) {
        room.good.add("upk-1");
        room.serveKey("main", "upk-1");
        LlmExchange exchange =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build(), room.settings());
        exchange.gates().add(new Gate() {
            @Override
            public Mono<Void> asking(Question question, byte[] body) {
                passed.add(question + " " + new String(body, UTF_8));
                return gate;
            }
        });
        return new Aside(room.providers).post(exchange, "first", "/moderations", BODY, LONG);
    }
}
