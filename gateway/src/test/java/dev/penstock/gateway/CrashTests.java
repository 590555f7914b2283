package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load: what left is on the disk, and the next start closes it. */
class CrashTests {

    /** Kills; the whole count is for {@code -Dpenstock.full.kills=50}. */
    private static final int KILLS = Integer.getInteger("penstock.full.kills", 2);

    private static final int CALLERS = 16;

    /** Nano-USD of the answer's 3 tokens in and 2 out. */
    private static final long COST = 7000;

    private static final String MONEY = "prices: { overrides: { \"first/m1\": { input: 1, output: 2 } } }\n"
            + "global: { budget: { daily: 1000 USD } }\n";

    @TempDir
    private Path folder;

    @Test
    @Full(line = "4.2", count = "penstock.full.kills")
    void whatLeftIsOnTheDiskAndTheNextStartClosesIt() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CrashTests: kills are drawn by seed " + seed);
        Random random = new Random(seed);
        Semaphore answered = new Semaphore(0);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> {
            answered.release();
            return Script.json(Wires.ANSWER);
        })) {
            Path routes = RunningGateway.write(folder, Wires.oneProvider(upstream, "") + MONEY);
            for (int kill = 0; kill < KILLS; kill++) {
                Process gateway = start(routes);
                load(gateway, port(gateway), answered, 50 + random.nextInt(400));
                check(upstream);
            }
            Process last = start(routes);
            long spent = spent(line(last));
            last.destroyForcibly().waitFor();
            Records records = Records.in(folder.resolve("data"));
            assertThat(spent).isEqualTo(charged(records));
            assertThat(spent)
                    .isGreaterThanOrEqualTo(COST * upstream.ledger().exchanges().size());
            assertThat(records.named()).containsExactlyInAnyOrderElementsOf(records.intents());
            assertThat(records.of("boot")).hasSize(KILLS + 1);
            System.out.println("CrashTests: " + records.words());
        }
    }

    /** What the records charge: what a call cost, and for those whose end nobody saw what was held. */
    private static long charged(Records records) {
        return records.of("outcome").stream()
                .flatMap(record ->
                        record.path("decisions").path("Budget").path("lines").valueStream())
                .mapToLong(line ->
                        line.path(line.has("charged") ? "charged" : "held").asLong())
                .sum();
    }

    /** By the administrators' port, in nano-USD. */
    private long spent(String ready) throws IOException {
        String token = Files.readString(folder.resolve("data/admin-token")).strip();
        try (RawClient client = RawClient.to("127.0.0.1", number(ready, "admin="))
                .get("/admin/budgets", Map.of("authorization", "Bearer " + token))) {
            assertThat(client.answer().status()).isEqualTo(200);
            return Json.LENIENT_DEPTH
                    .read(client.text())
                    .path("budgets")
                    .get(0)
                    .path("spent_usd")
                    .decimalValue()
                    .movePointRight(9)
                    .longValueExact();
        }
    }

    /** Every request that the upstream saw has an intent, and nothing that was durable is damaged. */
    private void check(ScriptedUpstream upstream) throws Exception {
        Records records = Records.in(folder.resolve("data"));
        Set<String> durable = records.of("intent").stream()
                .map(record -> record.path("sent").path("hmac").asString())
                .collect(Collectors.toSet());
        Mac mac = Mac.getInstance("HmacSHA256");
        String key = Files.readString(folder.resolve("data/audit-key")).strip();
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
        List<String> seen = new ArrayList<>();
        for (Exchange exchange : upstream.ledger().exchanges()) {
            seen.add(HexFormat.of().formatHex(mac.doFinal(exchange.body())));
        }
        assertThat(durable).containsAll(seen);
        assertThat(Records.sound(folder.resolve("data"))).isTrue();
    }

    /** Asks from all sides until so many answers came, then kills. */
    private static void load(Process gateway, int port, Semaphore answered, int most) throws InterruptedException {
        answered.drainPermits();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            callers.execute(() -> {
                for (int n = 0; !over.get(); n++) {
                    ask(port, caller + "-" + n + "-" + most);
                }
            });
        }
        assertThat(answered.tryAcquire(most, 1, TimeUnit.MINUTES)).isTrue();
        gateway.destroyForcibly().waitFor();
        over.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void ask(int port, String words) {
        try (RawClient client = RawClient.to("127.0.0.1", port)
                .post("/v1/chat/completions", RunningGateway.CALLER, Wires.ASK.replace("Hi", words))) {
            client.answer();
            client.text();
        } catch (UncheckedIOException | AssertionError killed) {
            return;
        }
    }

    private Process start(Path routes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PenstockApplication.class.getName(),
                        "--penstock.routes=" + routes,
                        "--penstock.prompts=" + RunningGateway.root().resolve("prompts"),
                        "--penstock.data=" + folder.resolve("data"),
                        "--penstock.journal.segment=2MB",
                        "--penstock.journal.floor=16MB",
                        "--penstock.checkpoint.every=50ms",
                        "--server.port=0",
                        "--management.server.port=0")
                .redirectError(folder.resolve("err.log").toFile())
                .start();
    }

    private static int port(Process gateway) throws IOException {
        return number(line(gateway), "port=");
    }

    private static int number(String ready, String name) {
        return Integer.parseInt(
                ready.substring(ready.indexOf(name) + name.length()).split(" ")[0]);
    }

    /** The line that says that it is ready. */
    private static String line(Process gateway) throws IOException {
        BufferedReader lines = gateway.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf("ready: port=");
            if (at >= 0) {
                return line.substring(at + "ready: ".length());
            }
        }
        throw new AssertionError("it did not start");
    }
}
