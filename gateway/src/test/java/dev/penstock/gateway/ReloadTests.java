package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.routes.RoutesControl;
import dev.penstock.routes.RoutesReport;
import dev.penstock.routes.RoutesView;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** routes.yml is tuned while requests run: each sees one configuration, and none fails. */
class ReloadTests {

    private static final int RELOADS = Integer.getInteger("penstock.full.reloads", 20);
    private static final int CALLERS = 8;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private Path routes;
    private String good;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
        routes = RunningGateway.write(folder, Wires.oneProvider(upstream, ""));
        good = Files.readString(routes);
        gateway = RunningGateway.ofFile(routes);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    @Full(line = "4.5", count = "penstock.full.reloads")
    void reloadsUnderLoadFailNoRequestAndEachSeesOneConfiguration() throws Exception {
        Map<String, String> configs = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String name = "caller" + i;
            counts.add(callers.submit(() -> ask(name, configs, over)));
        }
        Set<String> hashes = new HashSet<>(Set.of(view().hash()));
        for (int i = 0; i < RELOADS; i++) {
            Files.writeString(routes, good + "stream: { heartbeat: " + (1 + i % 2) + "s }\n");
            RoutesReport report = gateway.bean(RoutesControl.class).reload();
            assertThat(report.problems()).isEmpty();
            hashes.add(report.hash());
        }
        over.set(true);
        int asked = 0;
        for (Future<Integer> count : counts) {
            asked += count.get();
        }
        callers.shutdown();
        assertThat(hashes).hasSize(3);
        assertThat(configs).hasSize(asked);
        assertThat(hashes).containsAll(configs.values());
        int all = asked;
        Records.in(gateway.data(), records -> records.ended() == all)
                .of("outcome")
                .forEach(record -> assertThat(record.path("what").path("config").stringValue())
                        .isEqualTo(configs.get(Json.string(record, "request_id"))));
    }

    @Test
    void aBrokenFileIsRefusedWithLineAndKeyAndTheLastGoodOneStays() throws IOException {
        String before = view().hash();
        for (int i = 0; i < 40; i++) {
            String line = "x".repeat(i % 5) + "broken" + i + ": " + i;
            Files.writeString(routes, good + line + "\n");
            RoutesReport report = gateway.bean(RoutesControl.class).reload();
            long at = good.lines().count() + 1;
            assertThat(report.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("routes.yml:" + at + ":1 ", "broken", "expected one of"));
            assertThat(view().hash()).isEqualTo(before);
            assertThat(status()).isEqualTo(200);
        }
        assertThat(view().refusal()).isPresent();
    }

    @Test
    void aChangeIsSeenAlsoBehindALinkAndNeverHalf() throws IOException {
        String before = view().hash();
        Path next = folder.resolve("..2026/routes.yml");
        Files.createDirectories(next.getParent());
        Files.writeString(next, good + "stream: { heartbeat: 3s }\n");
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, next);
        Files.move(link, routes, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        until(() -> !view().hash().equals(before));
        String linked = view().hash();
        Files.writeString(next, good + "stream: { heart");
        until(() -> view().refusal().isPresent());
        assertThat(view().hash()).isEqualTo(linked);
        Files.writeString(next, good + "stream: { heartbeat: 4s }\n");
        until(() -> view().refusal().isEmpty());
        assertThat(view().hash()).isNotEqualTo(linked);
    }

    @Test
    void servicesMayStandInFilesOfTheirOwn() throws IOException {
        Files.createDirectories(folder.resolve("teams"));
        Files.writeString(
                folder.resolve("teams/red.yml"),
                "services: { red: { team: red, keys: [ { id: r, value: psk_red } ] } }\nteams: { red: {} }\n");
        Files.writeString(routes, good + "include: [ \"teams/*.yml\" ]\n");
        until(() -> status("psk_red") == 200);
        Files.writeString(folder.resolve("teams/twice.yml"), "teams: { red: {} }\n");
        until(() -> view().refusal().isPresent());
        assertThat(view().refusal().orElseThrow().problems().toString())
                .contains("teams/twice.yml:1:10", "defined twice", "first at", "teams/red.yml:2:10");
        assertThat(status("psk_red")).isEqualTo(200);
    }

    private RoutesView view() {
        return gateway.bean(RoutesView.class);
    }

    private int status() {
        return status(RunningGateway.KEY);
    }

    private int status(String key) {
        try (RawClient client = gateway.client().post("/v1/chat/completions", Map.of("x-api-key", key), Wires.ASK)) {
            return client.answer().status();
        }
    }

    private int ask(String name, Map<String, String> configs, AtomicBoolean over) {
        int asked = 0;
        while (!over.get()) {
            String id = name + "-" + asked++;
            Map<String, String> headers = Map.of("x-api-key", RunningGateway.KEY, "x-request-id", id);
            try (RawClient client = gateway.client().post("/v1/chat/completions", headers, Wires.ASK)) {
                RawAnswer answer = client.answer();
                assertThat(answer.status()).isEqualTo(200);
                configs.put(id, answer.header("x-penstock-config"));
            }
        }
        return asked;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
