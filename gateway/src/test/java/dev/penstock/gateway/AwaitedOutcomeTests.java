package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Exchange;
import dev.penstock.testing.FaultyDisk;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With {@code audit.outcome: await}: an outcome that does not land ends the wait after 5 s, as the mode has it. Each test has a gateway and a call of its
 * own; the calls wait side by side.
 */
class AwaitedOutcomeTests {

    private static final Duration STATED_WAIT = Duration.ofSeconds(5);
    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(4);

    /** Closed when all is over: a gateway that stops takes the connections of the others in this JVM along. */
    private static final List<Call> CALLS = new ArrayList<>();

    private static Call strictAnswer;
    private static Call strictStream;
    private static Call bestEffortAnswer;
    private static Call bestEffortStream;

    private Call call;

    @BeforeAll
    static void allAsk() {
        strictAnswer = new Call("strict");
        strictStream = new Call("strict");
        bestEffortAnswer = new Call("best-effort");
        bestEffortStream = new Call("best-effort");
        strictAnswer.ask(Wires.ASK);
        strictStream.ask(Wires.ASK_STREAM);
        bestEffortAnswer.ask(Wires.ASK);
        bestEffortStream.ask(Wires.ASK_STREAM);
    }

    @AfterAll
    static void stop() {
        CALLERS.shutdownNow();
        CALLS.forEach(Call::close);
    }

    @AfterEach
    void theOutcomeLandsWhenTheDiskIsWell() {
        Records records = call.landed();
        assertThat(records.named()).isEqualTo(records.intents()).hasSize(1);
    }

    @Test
    void aStrictAnswerIsWithheld() throws Exception {
        call = strictAnswer;
        Told told = call.told();
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.lines().get(0)).contains("audit_unavailable").doesNotContain("Hello");
        assertWaited(told);
    }

    @Test
    void aStrictStreamEndsAsFailed() throws Exception {
        call = strictStream;
        Told told = call.told();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.lines().get(told.lines().size() - 1)).contains("audit_unavailable");
        assertThat(told.lines()).doesNotContain("[DONE]");
        assertWaited(told);
    }

    @Test
    void aBestEffortAnswerIsGiven() throws Exception {
        call = bestEffortAnswer;
        Told told = call.told();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.lines().get(0)).contains("Hello");
        assertWaited(told);
    }

    @Test
    void aBestEffortStreamEndsWell() throws Exception {
        call = bestEffortStream;
        Told told = call.told();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.lines()).endsWith("[DONE]");
        assertWaited(told);
    }

    private static void assertWaited(Told told) {
        assertThat(told.took()).isBetween(STATED_WAIT, STATED_WAIT.multipliedBy(2));
    }

    /** What was answered, a stream's events or the one text, and after what time. */
    private record Told(int status, List<String> lines, Duration took) {}

    /** One call through a gateway on a disk that hangs from when the provider is asked. */
    private static final class Call {

        private final FaultyDisk disk = new FaultyDisk();
        private final CountDownLatch hangs = new CountDownLatch(1);
        private final ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::breaksTheDisk);
        private final RunningGateway gateway;
        private Future<Told> told;

        Call(String mode) {
            gateway = RunningGateway.on(
                    disk, Wires.oneProvider(upstream, "") + "audit: { outcome: await, mode: " + mode + " }\n");
            CALLS.add(this);
        }

        /** The intent is durable when this is asked; nothing after it is. */
        private Script breaksTheDisk(Exchange asked) {
            disk.forces(() -> awaits(hangs));
            return asked.text().contains("\"stream\":true") ? Wires.wholeStream() : Script.json(Wires.ANSWER);
        }

        void ask(String body) {
            told = CALLERS.submit(() -> {
                long began = System.nanoTime();
                try (RawClient client = gateway.chat(body)) {
                    int status = client.answer().status();
                    List<String> lines = body.equals(Wires.ASK_STREAM) ? Wires.events(client) : List.of(client.text());
                    return new Told(status, lines, Duration.ofNanos(System.nanoTime() - began));
                }
            });
        }

        Told told() throws Exception {
            return told.get(30, TimeUnit.SECONDS);
        }

        Records landed() {
            disk.works();
            hangs.countDown();
            return Records.in(gateway.data(), it -> !it.of("outcome").isEmpty());
        }

        void close() {
            disk.works();
            hangs.countDown();
            gateway.close();
            upstream.close();
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
