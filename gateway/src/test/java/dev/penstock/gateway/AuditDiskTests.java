package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.testing.FaultyDisk;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What becomes of calls when the disk under their records fails, fills, or is slow. */
class AuditDiskTests {

    private static final String TOKEN = "open-sesame";

    private final FaultyDisk disk = new FaultyDisk();
    private ScriptedUpstream upstream;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
        gateway = RunningGateway.on(disk, Wires.oneProvider(upstream, ""), "--PENSTOCK_ADMIN_TOKEN=" + TOKEN);
        assertThat(status()).isEqualTo(200);
    }

    @AfterEach
    void everyRecordIsWhole() {
        Path data = gateway.data();
        gateway.close();
        upstream.close();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = Commands.run(
                new String[] {"audit", "verify", data.toString()}, new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("a full disk", disk -> disk.writes(FaultyDisk.with("No space left on device"))),
                new Fault("little space", disk -> disk.usable(1000)),
                new Fault("a read-only directory", disk -> {
                    disk.writes(FaultyDisk.with("Read-only file system"));
                    disk.opens(FaultyDisk.with("Read-only file system"));
                }),
                new Fault("a failing fsync", disk -> disk.forces(FaultyDisk.with("Input/output error"))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void withoutARecordNothingLeavesAndItGoesOnAlone(Fault fault) {
        fault.on().accept(disk);
        until(() -> status() == 503);
        int asked = upstream.ledger().exchanges().size();
        for (int call = 0; call < 5; call++) {
            try (RawClient client = gateway.chat(Wires.ASK)) {
                RawAnswer answer = client.answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("retry-after")).isEqualTo("1");
                assertThat(client.text()).contains("audit_unavailable");
            }
        }
        assertThat(upstream.ledger().exchanges()).hasSize(asked);
        disk.works();
        disk.usable(Long.MAX_VALUE);
        until(() -> status() == 200);
        assertWhole();
    }

    @Test
    void aSlowFsyncDelaysAndLosesNothing() throws Exception {
        disk.forces(() -> LockSupport.parkNanos(Duration.ofMillis(100).toNanos()));
        ExecutorService callers = Executors.newFixedThreadPool(20);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            answers.add(callers.submit(this::status));
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        }
        callers.shutdown();
        Records records = Records.in(gateway.data(), it -> it.of("outcome").size() == 61);
        assertThat(records.intents()).hasSize(61);
    }

    @Test
    void aDiskThatHangsIsGivenUpAfterTheStatedWait() {
        CountDownLatch hangs = new CountDownLatch(1);
        disk.forces(() -> awaits(hangs));
        int asked = upstream.ledger().exchanges().size();
        try (RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(client.text()).contains("audit_unavailable");
        }
        assertThat(upstream.ledger().exchanges()).hasSize(asked);
        hangs.countDown();
        until(() -> status() == 200);
    }

    private void assertWhole() {
        try (RawClient admin =
                RawClient.to(gateway.admin("")).get("/admin/audit", Map.of("authorization", "Bearer " + TOKEN))) {
            assertThat(admin.answer().status()).isEqualTo(200);
            JsonNode records = Json.LENIENT_DEPTH.read(admin.body()).path("records");
            assertThat(records).isNotEmpty().allSatisfy(record -> {
                assertThat(record.path("type").isString()).isTrue();
                assertThat(record.path("time").isString()).isTrue();
            });
        }
    }

    private int status() {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            int status = client.answer().status();
            client.text();
            return status;
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    record Fault(String name, Consumer<FaultyDisk> on) {

        @Override
        public String toString() {
            return name;
        }
    }
}
