package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisFront;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.lettuce.core.KillArgs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Three gateways, processes of their own, on one Redis under load, while one is killed, Redis stands still for five seconds, connections to
 * it are cut in mid answer and callers hang up. Prints one table. {@code -Dpenstock.full.fleet=SECONDS} of load.
 */
@EnabledIfSystemProperty(named = "penstock.full.fleet", matches = "\\d+")
class FleetTests {

    private static final int SECONDS = Integer.getInteger("penstock.full.fleet", 30);
    private static final int CALLERS = 24;

    /** Nano-USD of the answer's 3 tokens in and 2 out. */
    private static final long COST = 7000;

    /** Of Redis' answers, in whose middle the connection is reset. */
    private static final double CUT = 0.02;

    private static final String LIMIT = "0.012";
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String ASK = Wires.ASK.replace("\"messages\"", "\"max_tokens\":16,\"messages\"");

    @TempDir
    private Path folder;

    private final RealRedis redis = new RealRedis("appendonly yes");
    private RedisFront front;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Gateway> gateways = new ArrayList<>();
    private long most;

    /** A process, and where it listens. */
    private record Gateway(String name, Process process, int port, int admin, String token) {}

    @Test
    @Full(line = "6.3", count = "penstock.full.fleet")
    void nothingIsOverspentAndAllIsAccountedFor() throws Exception {
        redis.start();
        front = new RedisFront(redis.port(), ServerSocketFactory.getDefault(), System.nanoTime());
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            for (String name : List.of("a", "b", "c")) {
                gateways.add(start(name, upstream));
            }
            load();
            Gateway again = start("a", upstream);
            gateways.set(0, again);
            JsonNode budget = settled(again);
            long bill = COST * upstream.ledger().exchanges().size();
            long spent = nano(budget, "spent_usd");
            long charged = charged();
            Map<String, Long> lost = lost();
            print(bill, spent, charged, lost);
            assertThat(most).as("spent and held at any time").isLessThanOrEqualTo(nano(budget, "limit_usd"));
            assertThat(spent).isGreaterThanOrEqualTo(bill);
            // what the killed one held and had not recorded yet never left; lost: charge-reserved charges it all the
            // same
            assertThat(lost).as("lost, by instance").hasSizeLessThanOrEqualTo(1);
            assertThat(spent)
                    .as("Redis, and the records of all instances")
                    .isEqualTo(
                            charged + lost.values().stream().mapToLong(it -> it).sum());
        } finally {
            gateways.forEach(gateway -> gateway.process().destroyForcibly());
            front.close();
            redis.close();
        }
    }

    private void load() throws Exception {
        Random random = new Random(System.nanoTime());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS + 1);
        for (int i = 0; i < CALLERS; i++) {
            long seed = random.nextLong();
            callers.execute(() -> call(new Random(seed)));
        }
        callers.execute(this::sample);
        pause(SECONDS / 4);
        gateways.get(0).process().destroyForcibly().waitFor();
        pause(SECONDS / 4);
        redis.freeze();
        pause(5);
        redis.thaw();
        front.cut(CUT);
        pause(SECONDS / 4);
        for (int i = 0; i < SECONDS / 4; i++) {
            redis.run(it -> it.clientKill(KillArgs.Builder.typeNormal()));
            pause(2);
        }
        over.set(true);
        front.cut(0);
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private void call(Random random) {
        while (!over.get()) {
            Gateway gateway = gateways.get(random.nextInt(gateways.size()));
            try (RawClient client = RawClient.to("127.0.0.1", gateway.port())
                    .post("/v1/chat/completions", RunningGateway.CALLER, ASK)) {
                if (random.nextInt(5) == 0) {
                    continue;
                }
                int status = client.answer().status();
                (status == 200 ? answered : status == 503 ? unavailable : refused).incrementAndGet();
            } catch (UncheckedIOException | AssertionError killed) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private void sample() {
        while (!over.get()) {
            try {
                JsonNode budget = budget(gateways.get(1));
                if (budget.isObject()) {
                    most = Math.max(most, nano(budget, "spent_usd") + nano(budget, "held_usd"));
                    samples.incrementAndGet();
                }
            } catch (UncheckedIOException | AssertionError away) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** When nothing is held any more: the leases of the dead have ended by then. */
    private static JsonNode settled(Gateway gateway) {
        long end = System.nanoTime() + LEASE.multipliedBy(2).toNanos();
        JsonNode budget = budget(gateway);
        while (!budget.isObject() || nano(budget, "held_usd") > 0) {
            assertThat(System.nanoTime()).as("still held: %s", budget).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            budget = budget(gateway);
        }
        return budget;
    }

    private static JsonNode budget(Gateway gateway) {
        try (RawClient client = RawClient.to("127.0.0.1", gateway.admin())
                .get("/admin/budgets", Map.of("authorization", "Bearer " + gateway.token()))) {
            boolean told = client.answer().status() == 200;
            JsonNode tree = Json.LENIENT_DEPTH.read(client.text());
            return told ? tree.path("budgets").path(0) : Json.object().path("away");
        }
    }

    private static long nano(JsonNode budget, String member) {
        return budget.path(member).decimalValue().movePointRight(9).longValueExact();
    }

    /** What the records of all three charge: what a call cost, and for those whose end nobody saw what was held. */
    private long charged() {
        long sum = 0;
        for (Gateway gateway : gateways) {
            sum += Records.in(folder.resolve(gateway.name()).resolve("data")).of("outcome").stream()
                    .flatMap(record -> record.path("decisions")
                            .path("Budget")
                            .path("lines")
                            .valueStream())
                    .mapToLong(line ->
                            line.path(line.has("charged") ? "charged" : "held").asLong())
                    .sum();
        }
        return sum;
    }

    /** What Redis charged for calls whose instance died and never told their end, in nano-USD, by the instance. */
    private Map<String, Long> lost() {
        return redis.run(it -> {
            Map<String, Long> sums = new HashMap<>();
            for (String call : it.keys("penstock:{budgets}:1:r:*")) {
                Map<String, String> told = it.hgetall(call);
                if ("lost".equals(told.get("state"))) {
                    sums.merge(told.get("inst"), Long.valueOf(told.get("c1")), Long::sum);
                }
            }
            return sums;
        });
    }

    private void print(long bill, long spent, long charged, Map<String, Long> lost) {
        System.out.printf(
                "| three gateways, %d s | |%n|---|---|%n| answered | %d |%n| refused 402 or 429 | %d |%n| refused 503 | %d |%n"
                        + "| connections to Redis cut in mid answer | %d |%n"
                        + "| samples of spent + held | %d |%n| the most of them, nano-USD | %d |%n| the upstream's bill | %d |%n"
                        + "| spent, by Redis | %d |%n| charged, by the records | %d |%n| lost, by instance | %s |%n",
                SECONDS,
                answered.get(),
                refused.get(),
                unavailable.get(),
                front.cuts(),
                samples.get(),
                most,
                bill,
                spent,
                charged,
                lost);
    }

    private Gateway start(String name, ScriptedUpstream upstream) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        String yaml = Wires.oneProvider(upstream, "")
                + "prices: { overrides: { \"first/m1\": { input: 1, output: 2 } } }\n"
                + "global: { budget: { daily: " + LIMIT + " USD } }\n";
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PenstockApplication.class.getName(),
                        "--penstock.routes=" + RunningGateway.write(own, yaml),
                        "--penstock.prompts=" + RunningGateway.root().resolve("prompts"),
                        "--penstock.data=" + own.resolve("data"),
                        "--penstock.journal.segment=2MB",
                        "--penstock.journal.floor=16MB",
                        "--penstock.store=redis",
                        "--spring.data.redis.port=" + front.port(),
                        "--server.port=0",
                        "--management.server.port=0")
                .redirectError(own.resolve("err.log").toFile())
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf("ready: port=");
            if (at >= 0) {
                // what it says later would fill the pipe
                Thread reader = new Thread(() -> lines.lines().forEach(said -> {}));
                reader.setDaemon(true);
                reader.start();
                String token = Files.readString(own.resolve("data/admin-token")).strip();
                return new Gateway(name, process, number(line, "port="), number(line, "admin="), token);
            }
        }
        throw new AssertionError(name + " did not start");
    }

    private static int number(String ready, String name) {
        return Integer.parseInt(
                ready.substring(ready.indexOf(name) + name.length()).split(" ")[0]);
    }
}
