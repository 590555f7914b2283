package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Exchange;
import dev.penstock.testing.FaultyDisk;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With {@code audit.outcome: await}: an outcome that does not land ends the wait after 5 s, as the mode has it. */
class AwaitedOutcomeTests {

    private static final Duration STATED_WAIT = Duration.ofSeconds(5);

    private final FaultyDisk disk = new FaultyDisk();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::breaksTheDisk);
    private RunningGateway gateway;

    /** The intent is durable when this is asked; nothing after it is. */
    private Script breaksTheDisk(Exchange asked) {
        disk.forces(() -> awaits(hangs));
        return asked.text().contains("\"stream\":true") ? Wires.wholeStream() : Script.json(Wires.ANSWER);
    }

    @AfterEach
    void theOutcomeLandsWhenTheDiskIsWell() {
        disk.works();
        hangs.countDown();
        Records records = Records.in(gateway.data(), it -> !it.of("outcome").isEmpty());
        gateway.close();
        upstream.close();
        assertThat(records.named()).isEqualTo(records.intents()).hasSize(1);
    }

    @Test
    void aStrictAnswerIsWithheld() {
        start("strict");
        long began = System.nanoTime();
        try (RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(client.text()).contains("audit_unavailable").doesNotContain("Hello");
        }
        assertWaited(began);
    }

    @Test
    void aStrictStreamEndsAsFailed() {
        start("strict");
        long began = System.nanoTime();
        try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
            assertThat(client.answer().status()).isEqualTo(200);
            List<String> events = Wires.events(client);
            assertThat(events.get(events.size() - 1)).contains("audit_unavailable");
            assertThat(events).doesNotContain("[DONE]");
        }
        assertWaited(began);
    }

    @Test
    void aBestEffortAnswerIsGiven() {
        start("best-effort");
        long began = System.nanoTime();
        try (RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.text()).contains("Hello");
        }
        assertWaited(began);
    }

    @Test
    void aBestEffortStreamEndsWell() {
        start("best-effort");
        long began = System.nanoTime();
        try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(Wires.events(client)).endsWith("[DONE]");
        }
        assertWaited(began);
    }

    private void start(String mode) {
        gateway = RunningGateway.on(
                disk, Wires.oneProvider(upstream, "") + "audit: { outcome: await, mode: " + mode + " }\n");
    }

    private static void assertWaited(long began) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(STATED_WAIT, STATED_WAIT.multipliedBy(2));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
