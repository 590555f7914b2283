package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.journal.OpeningJournal;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
    private static final Duration STATED_WAIT = Duration.ofSeconds(5);
    private static final Duration FSYNC = Duration.ofMillis(100);

    private final FaultyDisk disk = new FaultyDisk();
    private final ExecutorService callers = Executors.newFixedThreadPool(20);
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
        disk.works();
        callers.shutdownNow();
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
            assertThat(refused()).as("at once").isLessThan(STATED_WAIT);
        }
        assertThat(upstream.ledger().exchanges()).hasSize(asked);
        assertThat(readiness()).contains("audit_");
        try (RawClient admin = search()) {
            RawAnswer answer = admin.answer();
            assertThat(answer.status()).as("a look needs a record too").isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("1");
            assertThat(admin.text()).contains("audit_unavailable");
        }
        disk.works();
        disk.usable(Long.MAX_VALUE);
        until(() -> status() == 200);
        until(() -> readiness().equals("{\"status\":\"UP\"}"));
        List<JsonNode> served = served();
        assertThat(served).extracting(it -> it.path("seq").asInt()).isEqualTo(oneTo(served.size()));
        assertThat(served)
                .filteredOn(it -> it.path("type").stringValue().equals("intent"))
                .as("an intent for each call that left, none for one that was refused")
                .hasSameSizeAs(upstream.ledger().exchanges());
    }

    @Test
    void aSlowFsyncDelaysAndLosesNothing() throws Exception {
        disk.forces(AuditDiskTests::slowly);
        List<Future<Duration>> answers = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            answers.add(callers.submit(this::answered));
        }
        for (Future<Duration> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS))
                    .as("waits for the disk")
                    .isGreaterThanOrEqualTo(FSYNC);
        }
        Records records = Records.in(gateway.data(), it -> it.of("outcome").size() == 61);
        assertThat(records.intents()).hasSize(61);
    }

    /** A record that is written and not forced may yet be lost. */
    @Test
    void whatIsNotDurableIsNotServed() throws Exception {
        disk.forces(AuditDiskTests::slowly);
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<?>> load = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            load.add(callers.submit(() -> {
                while (!enough.get()) {
                    status();
                }
            }));
        }
        for (int look = 0; look < 10; look++) {
            List<JsonNode> served = served();
            assertThat(served.get(served.size() - 1).path("seq").asLong())
                    .as("the last record served")
                    .isLessThanOrEqualTo(
                            gateway.bean(OpeningJournal.class).view().seq());
        }
        enough.set(true);
        for (Future<?> caller : load) {
            caller.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDiskThatHangsIsGivenUpAfterTheStatedWait() {
        CountDownLatch hangs = new CountDownLatch(1);
        disk.forces(() -> awaits(hangs));
        int asked = upstream.ledger().exchanges().size();
        assertThat(refused()).isBetween(STATED_WAIT, STATED_WAIT.multipliedBy(2));
        try (RawClient admin = search()) {
            assertThat(admin.answer().status()).isEqualTo(503);
        }
        assertThat(upstream.ledger().exchanges()).hasSize(asked);
        hangs.countDown();
        until(() -> status() == 200);
        Records.in(gateway.data(), it -> it.intents().size() == it.named().size());
    }

    @Test
    void aCallUnderWayIsFinishedAndItsOutcomeLandsLater() {
        CountDownLatch broken = new CountDownLatch(1);
        upstream.enqueue(
                Wires.begun().flush().waitFor(broken).sse(Wires.finish()).done());
        try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.event()).isNotNull();
            disk.writes(FaultyDisk.with("No space left on device"));
            until(() -> status() == 503);
            broken.countDown();
            assertThat(Wires.events(client)).endsWith("[DONE]");
        }
        disk.works();
        Records records = Records.in(
                gateway.data(), it -> it.intents().size() == it.named().size());
        assertThat(records.of("outcome"))
                .allMatch(it -> it.path("outcome").stringValue().equals("ok"));
    }

    @Test
    void aFirstStartOnAFullDiskRefusesCallsUntilThereIsSpace() {
        FaultyDisk full = new FaultyDisk();
        full.writes(FaultyDisk.with("No space left on device"));
        int asked = upstream.ledger().exchanges().size();
        try (RunningGateway first = RunningGateway.on(full, Wires.oneProvider(upstream, ""))) {
            until(() -> status(first) == 503);
            assertThat(upstream.ledger().exchanges()).hasSize(asked);
            full.works();
            until(() -> status(first) == 200);
            assertThat(Records.in(first.data()).of("boot")).hasSize(1);
        }
    }

    /** A call that is answered. */
    private Duration answered() {
        long began = System.nanoTime();
        assertThat(status()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** A call that is refused for want of a record. */
    private Duration refused() {
        long began = System.nanoTime();
        try (RawClient client = gateway.chat(Wires.ASK)) {
            RawAnswer answer = client.answer();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("1");
            assertThat(client.text()).contains("audit_unavailable");
            return took;
        }
    }

    private RawClient search() {
        return RawClient.to(gateway.admin(""))
                .get("/admin/audit?limit=1000", Map.of("authorization", "Bearer " + TOKEN));
    }

    private List<JsonNode> served() {
        try (RawClient admin = search()) {
            assertThat(admin.answer().status()).isEqualTo(200);
            return Json.LENIENT_DEPTH
                    .read(admin.body())
                    .path("records")
                    .valueStream()
                    .toList();
        }
    }

    private static List<Integer> oneTo(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private String readiness() {
        try (RawClient client = gateway.client().get("/health/readiness", Map.of())) {
            assertThat(client.answer().status()).isEqualTo(200);
            return client.text();
        }
    }

    private int status() {
        return status(gateway);
    }

    private static int status(RunningGateway gateway) {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            int status = client.answer().status();
            client.text();
            return status;
        }
    }

    private static void slowly() {
        long end = System.nanoTime() + FSYNC.toNanos();
        for (long left = FSYNC.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
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
