package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A failure, and a caller that leaves, between any two steps, on the way in and with the answer on the way out: no
 * connection, permit or buffer stays behind. The provider serves one request at a time and the bytes in flight are enough
 * for one, so that the next request tells what was kept.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundaryTests {

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String LIMITS = "    concurrency: 1\n    breaker: { minimum: 1000, window: 1000 }\n";
    private static final String IN_FLIGHT = "inbound: { max-body: 112KB, in-flight-bytes: 112KB }\n";
    private static final String LONG = "x".repeat(100_000);

    /** What is asked, and what the provider does. */
    private enum Kind {
        WHOLE("/v1/chat/completions", Wires.ASK.replace("Hi", LONG), Script.json(Wires.ANSWER)),
        STREAM(
                "/v1/chat/completions",
                Wires.ASK_STREAM.replace("Hi", LONG),
                Wires.begun().flush().silence()),
        CONTENT(
                "/v1/content/social-media",
                "{\"platform\":\"twitter\",\"topic\":\"" + LONG.substring(0, 3900) + "\"}",
                ContentWires.OPENAI.whole("{\"content\":\"Hello\"}"));

        private final String path;
        private final String body;
        private final Script script;

        Kind(String path, String body, Script script) {
            this.path = path;
            this.body = body;
            this.script = script;
        }
    }

    private ScriptedUpstream upstream;
    private RunningGateway gateway;
    private LeakWatch leaks;

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start();
        gateway = RunningGateway.with(IN_FLIGHT + Wires.oneProvider(upstream, LIMITS), Faults.ARGUMENT);
        leaks = LeakWatch.begin();
    }

    @AfterAll
    void nothingIsLost() {
        leaks.verify();
        assertThat(upstream.ledger().openConnections()).as("idle connections").isLessThanOrEqualTo(1);
        gateway.close();
        upstream.ledger().awaitOpen(0, BOUND);
        upstream.close();
    }

    @TestFactory
    Stream<DynamicTest> aFailureOnTheWayIn() {
        return everywhere((boundary, kind) -> {
            int before = upstream.ledger().exchanges().size();
            boundary.failInward(new IllegalStateException("a bug"));
            fails(kind);
            assertThat(upstream.ledger().exchanges()).hasSize(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> aFailureOnTheWayOut() {
        return everywhere((boundary, kind) -> {
            int number = upstream.ledger().exchanges().size();
            upstream.enqueue(kind.script);
            boundary.failOutward(new IllegalStateException("a bug"));
            fails(kind);
            ended(kind, number);
        });
    }

    @TestFactory
    Stream<DynamicTest> aCallerThatLeavesOnTheWayIn() {
        return everywhere((boundary, kind) -> {
            int before = upstream.ledger().exchanges().size();
            leaves(boundary.holdInward(), kind);
            assertThat(upstream.ledger().exchanges()).hasSize(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> aCallerThatLeavesWhenTheAnswerIsThere() {
        return everywhere((boundary, kind) -> {
            int number = upstream.ledger().exchanges().size();
            upstream.enqueue(kind.script);
            leaves(boundary.holdOutward(), kind);
            ended(kind, number);
        });
    }

    @FunctionalInterface
    private interface Case {

        void run(Faults.Boundary boundary, Kind kind) throws Exception;
    }

    private Stream<DynamicTest> everywhere(Case one) {
        return gateway.beans(Faults.Boundary.class).stream()
                .flatMap(boundary -> Arrays.stream(Kind.values())
                        .map(kind -> DynamicTest.dynamicTest(kind + " " + boundary, () -> {
                            one.run(boundary, kind);
                            theNextIsServed();
                        })));
    }

    private void fails(Kind kind) {
        try (RawClient client = post(kind)) {
            RawAnswer head = client.answer();
            assertThat(head.status()).isEqualTo(500);
            assertThat(client.text()).contains("\"code\":\"internal\"");
        }
    }

    private void leaves(Faults.Hold hold, Kind kind) throws Exception {
        RawClient client = post(kind);
        hold.came().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        client.reset();
        hold.left().get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    /** A stream that nobody reads is closed; the connection of a whole answer is used again. */
    private void ended(Kind kind, int number) {
        if (kind == Kind.STREAM) {
            upstream.ledger().await(number, BOUND).awaitClosed(BOUND);
        }
    }

    private void theNextIsServed() {
        upstream.enqueue(Script.json(Wires.ANSWER));
        long end = System.nanoTime() + BOUND.toNanos();
        while (!isServed()) {
            assertThat(System.nanoTime()).as("what it holds is given back").isLessThan(end);
        }
    }

    /** What a request held is given back from the inside out: the next one may come in between. */
    private boolean isServed() {
        try (RawClient client = post(Kind.WHOLE)) {
            int status = client.answer().status();
            assertThat(status).isIn(200, 503);
            assertThat(client.text()).contains(status == 200 ? Wires.ANSWER : "error");
            return status == 200;
        }
    }

    private RawClient post(Kind kind) {
        return gateway.client().post(kind.path, RunningGateway.CALLER, kind.body);
    }
}
