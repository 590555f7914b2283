package dev.penstock.store.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.journal.DataDirectory;
import dev.penstock.store.RealCluster;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/** What holds for a register wherever it is kept, and what holds for each kind. */
@ExtendWith(OutputCaptureExtension.class)
class RegisterTests {

    private static final Duration BOUND = Duration.ofSeconds(10);

    /** Where it is kept. */
    enum Kept {
        IN_A_FILE,
        IN_REDIS
    }

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RealRedis redis;

    /** The same register again, as after a restart. */
    private Register open(Kept kept) {
        Registers registers = kept == Kept.IN_A_FILE ? Registers.in(folder) : inRedis("instance-" + opened.size());
        opened.add(0, registers);
        Register register = registers.named("things", RegisterTests::marked);
        register.refresh().join();
        return register;
    }

    /** Those of the instance of this name, not read yet. */
    private Registers inRedis(String instance) {
        redis = redis == null ? RealRedis.shared() : redis;
        RedisConnection connection = redis.connection();
        opened.add(connection);
        return Registers.of(connection, new DataDirectory(folder.resolve(instance)).path());
    }

    /** The higher one; a {@code mark} that either has stays. */
    private static ObjectNode marked(ObjectNode one, ObjectNode other) {
        ObjectNode kept = Register.HIGHER.apply(one, other);
        ObjectNode rest = kept == one ? other : one;
        return kept.has("mark") || !rest.has("mark") ? kept : kept.deepCopy().put("mark", Json.string(rest, "mark"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void whatIsUnderWayWhenARegisterClosesIsWrittenFirst() {
        Registers registers = Registers.in(folder);
        Register things = registers.named("things");
        for (int i = 0; i < 50; i++) {
            things.change("thing-" + i, before -> Json.object());
        }
        registers.close();
        try (Registers again = Registers.in(folder)) {
            assertThat(again.named("things").all()).hasSize(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsThereForWhoeverOpensItLater(Kept kept) {
        Register first = open(kept);
        first.change("a", before -> Json.object().put("colour", "red")).join();
        first.change("a", before -> before.put("colour", "blue")).join();
        assertThat(first.all().get("a").toString()).isEqualTo("{\"colour\":\"blue\",\"rev\":2}");
        Register again = open(kept);
        assertThat(again.isKnown()).isTrue();
        assertThat(again.all()).hasToString(first.all().toString());
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatIsRefusedChangesNothing(Kept kept) {
        Register register = open(kept);
        register.change("a", before -> Json.object().put("colour", "red")).join();
        CompletableFuture<ObjectNode> refused = register.change("a", before -> {
            before.put("colour", "green");
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(register.all().get("a").path("colour").asString()).isEqualTo("red");
        assertThat(open(kept).all()).hasToString(register.all().toString());
    }

    @ParameterizedTest
    @EnumSource
    void noChangeOfManyAtOnceIsLost(Kept kept) {
        Register register = open(kept);
        List<CompletableFuture<ObjectNode>> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            running.add(register.change("a", RegisterTests::counted));
        }
        running.forEach(CompletableFuture::join);
        assertThat(Json.integer(register.all().get("a"), "count")).isEqualTo(6);
    }

    private static ObjectNode counted(ObjectNode before) {
        ObjectNode next = before == null ? Json.object() : before;
        return next.put("count", Json.integer(next, "count") + 1);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoVersionsTheHigherRevisionIsKept(Kept kept) {
        Register register = open(kept);
        register.merge(Map.of(
                        "a", Json.object().put("rev", 7), "b", Json.object().put("rev", 1)))
                .join();
        register.merge(Map.of(
                        "a",
                        Json.object().put("rev", 5).put("stale", true),
                        "b",
                        Json.object().put("rev", 2)))
                .join();
        assertThat(register.all().get("a").toString()).isEqualTo("{\"rev\":7}");
        assertThat(register.all().get("b").toString()).isEqualTo("{\"rev\":2}");
    }

    @ParameterizedTest
    @EnumSource
    void whoFollowsIsToldOfWhatIsThereAndOfEachChange(Kept kept) {
        Register register = open(kept);
        register.change("a", before -> Json.object()).join();
        List<Integer> sizes = new ArrayList<>();
        register.follow(all -> sizes.add(all.size()));
        register.change("b", before -> Json.object()).join();
        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void aChangeAtOneInstanceIsKnownToAnotherWithoutABulletin() {
        Register one = open(Kept.IN_REDIS);
        Register other = open(Kept.IN_REDIS);
        one.change("a", before -> Json.object()).join();
        await(() -> other.all().containsKey("a"));
    }

    @Test
    void withoutRedisTheCopyGoesOnAndNothingIsChanged() {
        redis = new RealRedis("save \"\"");
        opened.add(redis);
        redis.start();
        Register register = open(Kept.IN_REDIS);
        register.change("a", before -> Json.object()).join();
        redis.kill();
        assertThatThrownBy(
                        () -> register.change("a", before -> before.put("x", 1)).join())
                .isInstanceOf(CompletionException.class);
        assertThat(register.all().get("a").toString()).isEqualTo("{\"rev\":1}");
        redis.start();
        opened.remove(redis);
        opened.add(redis);
    }

    @Test
    void aRedisThatLostItsDataIsToldAgain() {
        Register one = open(Kept.IN_REDIS);
        Register other = open(Kept.IN_REDIS);
        one.change("a", before -> Json.object().put("state", "live")).join();
        other.refresh().join();
        other.change("a", before -> before.put("state", "revoked")).join();
        one.refresh().join();
        redis.flush();
        one.refresh().join();
        await(() -> redis.<Long>run(it -> it.hlen("penstock:{register}:1:things")) == 1);
        assertThat(open(Kept.IN_REDIS).all().get("a").path("state").asString()).isEqualTo("revoked");
    }

    /** The version that Redis has then is the one that was read before the change. */
    @Test
    void aRedisThatLostAChangeBeforeTheNextReadIsToldAgain() {
        Register register = open(Kept.IN_REDIS);
        register.change("a", before -> Json.object().put("state", "revoked")).join();
        redis.flush();
        register.refresh().join();
        await(() -> redis.<Long>run(it -> it.hlen("penstock:{register}:1:things")) == 1);
        assertThat(open(Kept.IN_REDIS).all().get("a").path("state").asString()).isEqualTo("revoked");
    }

    @Test
    void ofTwoChangesOfTheSameRevisionOneIsKeptEverywhere() {
        Register one = open(Kept.IN_REDIS);
        Register other = open(Kept.IN_REDIS);
        one.change("a", before -> Json.object()).join();
        other.refresh().join();
        one.change("a", before -> before.put("colour", "red")).join();
        redis.flush();
        other.change("a", before -> before.put("colour", "blue").put("mark", "kept"))
                .join();
        assertThat(Copy.revision(other.all().get("a"))).isEqualTo(2);
        one.refresh().join();
        await(() -> one.all().get("a").has("mark")
                && one.all().get("a").toString().equals(other.all().get("a").toString()));
        one.change("a", before -> before.put("more", 1)).join();
        await(() -> other.all().get("a").has("more"));
        assertThat(open(Kept.IN_REDIS).all().get("a").toString())
                .isEqualTo(one.all().get("a").toString());
    }

    /** Whoever knew more revisions before the loss is not right about what was changed after it. */
    @Test
    void aChangeOfALowerRevisionIsReconciledWithAHigherOne() {
        Register one = open(Kept.IN_REDIS);
        for (String colour : List.of("red", "green", "blue")) {
            one.change("a", before -> Json.object().put("colour", colour)).join();
        }
        redis.flush();
        Register fresh = open(Kept.IN_REDIS);
        fresh.change("a", before -> Json.object().put("mark", "revoked")).join();
        one.refresh().join();
        Register third = open(Kept.IN_REDIS);
        for (Register each : List.of(one, fresh, third)) {
            await(() -> each.all().get("a").path("mark").asString("").equals("revoked"));
            await(() -> Json.string(each.all().get("a"), "colour").equals("blue"));
        }
    }

    @Test
    void anInstanceBeginsWithWhatItKnewWhenItStopped() throws Exception {
        Registers before = inRedis("instance");
        before.named("things")
                .change("a", nothing -> Json.object().put("colour", "red"))
                .join();
        before.close();
        Path copy = folder.resolve("instance/things.copy.json");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Registers after = inRedis("instance");
        opened.add(0, after);
        redis.freeze();
        try {
            Register register = after.named("things");
            assertThat(register.isKnown()).isFalse();
            assertThat(Json.string(register.all().get("a"), "colour")).isEqualTo("red");
        } finally {
            redis.thaw();
        }
    }

    @Test
    void aCopyThatIsDamagedIsMadeAgain(CapturedOutput output) throws IOException {
        open(Kept.IN_REDIS).change("a", nothing -> Json.object()).join();
        Path copy = new DataDirectory(folder.resolve("instance")).path().resolve("things.copy.json");
        Files.writeString(copy, "{\"documents\":");
        Registers registers = inRedis("instance");
        Register register = registers.named("things");
        register.refresh().join();
        assertThat(register.all()).containsOnlyKeys("a");
        registers.close();
        assertThat(Files.readString(copy)).contains("\"a\":{\"rev\":1}");
        assertThat(output).contains("things.copy.json is damaged");
    }

    @Test
    void aCopyThatCouldNotBeWrittenIsWrittenLater(CapturedOutput output) throws IOException {
        Registers registers = inRedis("instance");
        opened.add(0, registers);
        Register register = registers.named("things");
        register.refresh().join();
        Path copy = folder.resolve("instance/things.copy.json");
        await(() -> Files.exists(copy));
        Path inTheWay = folder.resolve("instance/things.copy.json.new/full");
        Files.createDirectories(inTheWay);
        register.change("a", nothing -> Json.object()).join();
        await(() -> output.getOut().contains("things.copy.json cannot be written"));
        Files.delete(inTheWay);
        await(() -> text(copy).contains("\"a\":{\"rev\":1}"));
        await(() -> output.getOut().contains("things.copy.json is written again"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void aDocumentOfNoRevisionInACopyIsLeftOut() throws IOException {
        copy("instance", "{\"a\":{\"colour\":\"red\"},\"b\":{\"rev\":-1},\"c\":{\"rev\":1}}");
        Registers registers = inRedis("instance");
        opened.add(0, registers);
        assertThat(registers.named("things").all()).containsOnlyKeys("c");
    }

    private void copy(String instance, String documents) throws IOException {
        Path data = new DataDirectory(folder.resolve(instance)).path();
        Files.writeString(data.resolve("things.copy.json"), "{\"version\":1,\"documents\":" + documents + "}");
    }

    /** It takes no document for lower than it says itself. */
    @Test
    void aRedisThatTakesNothingOfWhatItDoesNotHaveIsNotToldAtOnceAgain() throws IOException {
        copy("instance", "{\"a\":{\"rev\":4}}");
        Registers registers = inRedis("instance");
        opened.add(0, registers);
        redis.run(it -> it.hset("penstock:{register}:1:things", "a", "9 {\"rev\":3}"));
        Register register = registers.named("things");
        register.refresh().join();
        redis.run(it -> it.configResetstat());
        for (int i = 0; i < 8; i++) {
            redis.run(it -> it.ping());
        }
        String calls = redis.run(it -> it.info("commandstats"));
        Matcher scripts = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(calls);
        assertThat(scripts.find() ? Integer.parseInt(scripts.group(1)) : 0).isLessThan(8);
    }

    @Test
    void aDocumentIsKnownAsItComesBackFromRedis() {
        Register register = open(Kept.IN_REDIS);
        register.change("a", nothing -> Json.object().put("ratio", 1.5).put("name", "no text \ud800"))
                .join();
        for (int i = 0; i < 4; i++) {
            register.refresh().join();
        }
        assertThat(Copy.revision(register.all().get("a"))).isEqualTo(1);
        assertThat(register.all().get("a").toString())
                .isEqualTo(open(Kept.IN_REDIS).all().get("a").toString());
    }

    @Test
    void aCopyThatChangesAfterTheEndIsNotWritten() {
        CopyFile file = new CopyFile(folder.resolve("things.copy.json"));
        file.keep(Map.of("a", Json.object().put("rev", 1)));
        file.close();
        file.keep(Map.of("a", Json.object().put("rev", 2)));
        assertThat(file.read().get("a").toString()).isEqualTo("{\"rev\":1}");
    }

    @Test
    void aRedisThatDoesNotTakeWhatItLostIsToldOfOnce(CapturedOutput output) {
        redis = new RealRedis("save \"\"");
        redis.start();
        opened.add(redis);
        Register register = open(Kept.IN_REDIS);
        register.change("a", nothing -> Json.object()).join();
        redis.flush();
        redis.run(it -> it.configSet("maxmemory", "1"));
        register.refresh().join();
        await(() -> output.getOut().contains("register 'things': Redis does not take"));
        register.refresh().join();
        register.refresh().join();
        redis.run(it -> it.configSet("maxmemory", "0"));
        register.refresh().join();
        await(() -> output.getOut().contains("register 'things': Redis takes"));
        assertThat(output).containsOnlyOnce("Redis does not take");
        assertThat(redis.<Long>run(it -> it.hlen("penstock:{register}:1:things")))
                .isEqualTo(1);
    }

    @Test
    void aClusterKeepsARegisterToo() {
        try (RealCluster cluster = RealCluster.start();
                RedisConnection connection = cluster.connection();
                RedisConnection another = cluster.connection()) {
            Registers.of(connection, folder)
                    .named("things")
                    .change("a", before -> Json.object().put("colour", "red"))
                    .join();
            Register other = Registers.of(another, new DataDirectory(folder.resolve("another")).path())
                    .named("things");
            other.refresh().join();
            assertThat(other.all().get("a").path("colour").asString()).isEqualTo("red");
        }
    }

    @Test
    void aFileThatIsNoRegisterStopsTheStart() throws IOException {
        Files.writeString(folder.resolve("things.json"), "{\"documents\":");
        assertThatThrownBy(() -> open(Kept.IN_A_FILE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged");
    }

    /** Changes a register until it is killed, and says each change that it was told is done. */
    static final class Victim {

        public static void main(String[] arguments) {
            Register register = Registers.in(Path.of(arguments[0])).named("things");
            for (int i = 0; ; i++) {
                register.change("id" + i % 50, RegisterTests::counted).join();
                System.out.println(i);
            }
        }
    }

    @Test
    void whatWasDoneIsThereAfterTheProcessWasKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RegisterTests: killed at moments drawn by seed " + seed);
        Random random = new Random(seed);
        long done = 0;
        for (int round = 0; round < 4; round++) {
            done += killedAfter(20 + random.nextInt(120));
            long kept = Registers.in(folder).named("things").all().values().stream()
                    .mapToLong(document -> Json.integer(document, "count"))
                    .sum();
            // the last change may have been made and not been told
            assertThat(kept).isBetween(done, done + 1);
            done = kept;
        }
    }

    private long killedAfter(int changes) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long told = 0;
        BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8);
        while (told < changes && lines.readLine() != null) {
            told++;
        }
        new ProcessBuilder("kill", "-9", Long.toString(victim.pid())).start().waitFor();
        while (lines.readLine() != null) {
            told++;
        }
        victim.waitFor(10, TimeUnit.SECONDS);
        return told;
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
