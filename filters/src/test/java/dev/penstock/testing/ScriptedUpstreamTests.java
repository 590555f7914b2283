package dev.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests for {@link ScriptedUpstream} and {@link RawClient}. */
class ScriptedUpstreamTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Map<String, String> NONE = Map.of();

    private final ScriptedUpstream upstream = ScriptedUpstream.seeded(7);

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void anOrdinaryClientGetsTheScriptedAnswer() throws Exception {
        upstream.enqueue(Script.json("{\"ok\":true}"), Script.json(503, "{}"));
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(upstream.uri("/v1/chat?x=1"))
                .header("X-Team", "blue")
                .POST(BodyPublishers.ofString("{\"a\":1}"))
                .build();
        HttpResponse<String> first = client.send(request, BodyHandlers.ofString());
        HttpResponse<String> second = client.send(request, BodyHandlers.ofString());
        assertThat(first.body()).isEqualTo("{\"ok\":true}");
        assertThat(second.statusCode()).isEqualTo(503);
        Exchange seen = upstream.ledger().await(0, SOON);
        assertThat(seen.method() + " " + seen.path() + " " + seen.query()).isEqualTo("POST /v1/chat x=1");
        assertThat(seen.header("x-team")).isEqualTo("blue");
        assertThat(seen.text()).isEqualTo("{\"a\":1}");
        assertThat(upstream.ledger().await(1, SOON).connection()).isEqualTo(seen.connection());
    }

    @Test
    void eventsComeOneByOneAsTheTestReleasesThem() {
        CountDownLatch second = new CountDownLatch(1);
        upstream.enqueue(
                Script.stream().sse("one").waitFor(second).sse("named", "two").done());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.post("/", NONE, "{}");
            assertThat(client.answer().header("content-type")).isEqualTo("text/event-stream");
            assertThat(client.event()).isEqualTo(new RawEvent("", "one", ""));
            second.countDown();
            assertThat(client.event()).isEqualTo(new RawEvent("named", "two", ""));
            assertThat(client.event()).isEqualTo(new RawEvent("", "[DONE]", ""));
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void cutBytesArriveUnchanged() {
        Script cut = Script.empty().cutAt(1, 5, 20).status(200).cutRandomly(3);
        upstream.enqueue(cut.header("x-a", "b").cutEvery(2).body("hällo").whole());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.text()).isEqualTo("hällo");
        }
    }

    @Test
    void aResetBeforeTheHeadIsSeenByTheClient() {
        upstream.enqueue(Script.empty().reset());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE);
            assertThatThrownBy(client::answer).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(upstream.ledger().only().awaitClosed(SOON)).isEqualTo(CloseKind.BY_UPSTREAM);
    }

    @Test
    void aResetOnConnectComesBeforeAnyRequest() {
        upstream.greeting(connection -> Script.empty().reset());
        assertThatThrownBy(() -> {
                    try (RawClient client = RawClient.to(upstream.uri(""))) {
                        client.get("/", NONE).answer();
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        assertThat(upstream.ledger().exchanges()).isEmpty();
    }

    @Test
    void aResetInMidBodyLeavesWhatWasReadBefore() {
        CompletableFuture<Void> read = new CompletableFuture<>();
        upstream.enqueue(Script.stream().sse("one").waitFor(read).reset());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE).answer();
            assertThat(client.event()).isEqualTo(new RawEvent("", "one", ""));
            read.complete(null);
            assertThatThrownBy(client::event).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aFinInsideTheBodyIsNotAnEnd() {
        upstream.enqueue(
                Script.stream().sse("one").fin(),
                Script.answer(200).body(10, "12345".getBytes()).fin());
        for (int i = 0; i < 2; i++) {
            try (RawClient client = RawClient.to(upstream.uri(""))) {
                client.get("/", NONE).answer();
                assertThatThrownBy(client::body).hasMessageContaining("inside");
            }
        }
    }

    @Test
    void aBodyWithoutFramingEndsWithTheConnection() {
        upstream.enqueue(Script.answer(200).endHead().raw("bare").fin());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE).answer();
            assertThat(client.text()).isEqualTo("bare");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void anOrdinaryClientRefusesAChunkSizeThatIsNoNumber() {
        upstream.enqueue(Script.stream().sse("one").badChunkSize());
        HttpRequest request = HttpRequest.newBuilder(upstream.uri("/")).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void interimAnswersAndLargeHeadersAreSent() {
        upstream.enqueue(
                Script.empty().interim(50).status(200).largeHeader(100_000).body("x"));
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE);
            assertThat(client.answer().header("x-large")).hasSize(100_000);
        }
    }

    @Test
    void garbageIsTheSameForTheSameSeed() {
        try (ScriptedUpstream other = ScriptedUpstream.seeded(7)) {
            upstream.enqueue(Script.answer(200).endHead().garbage(300).fin());
            other.enqueue(Script.answer(200).endHead().garbage(300).fin());
            assertThat(bodyFrom(upstream)).hasSize(300).isEqualTo(bodyFrom(other));
        }
    }

    @Test
    void theLedgerTellsHowThePeerHungUp() {
        CountDownLatch never = new CountDownLatch(1);
        upstream.enqueue(Script.never(), Script.stream().sse("one").waitFor(never));
        RawClient.to(upstream.uri("")).get("/a", NONE).reset();
        assertThat(upstream.ledger().await(0, SOON).awaitClosed(SOON)).isEqualTo(CloseKind.RST);
        upstream.ledger().awaitOpen(0, SOON);
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/b", NONE).answer();
            client.event();
        }
        assertThat(upstream.ledger().await(1, SOON).awaitClosed(SOON)).isEqualTo(CloseKind.FIN);
        upstream.ledger().awaitOpen(0, SOON);
        assertThat(upstream.ledger().mostConnections()).isEqualTo(1);
    }

    @Test
    void aHalfOpenConnectionOutlivesThePeersFin() {
        upstream.enqueue(Script.stream().sse("one").halfOpen());
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE).answer();
            client.event();
            client.shutdownOutput();
            assertThat(upstream.ledger().only().awaitClosed(SOON)).isEqualTo(CloseKind.FIN);
        }
    }

    @Test
    void oneConnectionServesManyRequests() {
        upstream.answering(exchange -> Script.json(exchange.text()));
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            for (int i = 0; i < 3; i++) {
                client.postChunked("/", NONE)
                        .chunk("{\"n\"")
                        .chunk(":" + i + "}")
                        .endChunks();
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.text()).isEqualTo("{\"n\":" + i + "}");
            }
            client.byteByByte("POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(upstream.ledger().acceptedConnections()).isEqualTo(1);
    }

    @Test
    void aFailedFunctionOfTheTestFailsTheClose() {
        ScriptedUpstream failing = ScriptedUpstream.start().answering(exchange -> {
            throw new AssertionError("wrong path");
        });
        try (RawClient client = RawClient.to(failing.uri(""))) {
            client.get("/", NONE);
            assertThatThrownBy(client::answer).isInstanceOf(UncheckedIOException.class);
        }
        assertThatThrownBy(failing::close).hasMessageContaining("wrong path");
    }

    private static byte[] bodyFrom(ScriptedUpstream upstream) {
        try (RawClient client = RawClient.to(upstream.uri(""))) {
            client.get("/", NONE).answer();
            return client.body();
        }
    }
}
