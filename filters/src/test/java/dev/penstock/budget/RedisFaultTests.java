package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.budget.Decision.Unknown;
import dev.penstock.budget.Shared.Pace;
import dev.penstock.store.LoadingRedis;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** What becomes of budgets when Redis fails, in every way that a real one can be made to. */
class RedisFaultTests {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** Beats of their own, and quick. */
    static final Pace PACE = new Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            PATIENCE);

    private static final Account ACCOUNT = LedgerContract.account("a", 100);

    @TempDir
    Path directory;

    private RealRedis redis = new RealRedis("save \"\"");
    private RedisConnection connection;
    private RedisMember member;
    private Disposable beats;

    private void start() {
        redis.start();
        join();
    }

    private void join() {
        connection = redis.connection();
        member = new RedisMember(connection, "one", () -> ACCOUNT.begins(), new Books(ignored -> {}), PACE);
        beats = member.beat.run();
    }

    @AfterEach
    void stop() throws IOException {
        beats.dispose();
        connection.close();
        redis.close();
    }

    @Test
    void aGatewayThatStartsBeforeRedisIsThereWorksWhenItIs() {
        join();
        refused();
        redis.start();
        recovers();
        assertThat(member.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 10));
    }

    @Test
    void aRedisThatIsKilledAndComesBackEmptyLearnsWhatWasSpentAndHeld() {
        start();
        spendAndHold();
        redis.kill();
        refused();
        member.settle("held", ACCOUNT, 5);
        redis.start();
        recovers();
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(35, 10)));
        assertThat(member.hold("y", ACCOUNT, 56)).isEqualTo(new Denied(ACCOUNT, 35, 10, 56));
    }

    @Test
    void aRedisThatIsKilledAndComesBackWithItsDataGoesOn() {
        redis = new RealRedis("appendonly yes", "appendfsync always", "dir " + directory);
        start();
        spendAndHold();
        redis.kill();
        refused();
        redis.start();
        recovers();
        assertThat(member.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(30, 50));
        member.settle("held", ACCOUNT, 5);
        assertThat(member.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(35, 10));
    }

    @Test
    void aRedisThatIsLoadingItsDataIsAway() {
        try (LoadingRedis loading = new LoadingRedis(redis.port())) {
            join();
            refused();
        }
        redis.start();
        recovers();
    }

    /** It came and went between two calls: none of them found it away. */
    @Test
    void aRedisThatWasRestartedUnseenIsNotBelievedUntilItWasLookedAt() {
        redis = new RealRedis("save \"\"", "dir " + directory);
        start();
        until(() -> member.hold("first", ACCOUNT, 1) instanceof Held);
        beats.dispose();
        redis.run(RedisCommands::save);
        assertThat(member.hold("one", ACCOUNT, 90)).isEqualTo(new Held());
        member.settle("one", ACCOUNT, 90);
        redis.kill();
        redis.start();
        until(() -> connection
                .commands()
                .thenCompose(it -> it.ping())
                .handle((pong, failed) -> pong != null)
                .toCompletableFuture()
                .join());
        assertThat(member.hold("two", ACCOUNT, 60)).isInstanceOf(Decision.Unknown.class);
        member.beat.once().block();
        assertThat(member.hold("two", ACCOUNT, 60)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void aRedisThatIsRestartedWithoutItsLastSecondIsToldIt() {
        redis = new RealRedis("save \"\"", "dir " + directory);
        start();
        until(() -> member.hold("saved", ACCOUNT, 60) instanceof Held);
        redis.run(RedisCommands::save);
        member.settle("saved", ACCOUNT, 30);
        assertThat(member.hold("held", ACCOUNT, 40)).isEqualTo(new Held());
        redis.kill();
        redis.start();
        until(() -> redis.run(it -> it.hget("penstock:{budgets}:1:b:" + ACCOUNT.key(), "rsv"))
                .equals("40"));
        recovers();
        assertThat(member.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(30, 50));
    }

    /** To tell all takes answers too, and where connections break often it would never be done. */
    @Test
    void aRedisThatIsTheOneItWasIsNotToldAllAgain() {
        redis.start();
        connection = redis.connection();
        // patient: one call that has to wait would leave nothing to tell
        member = RedisMember.of(connection, "one", ACCOUNT::begins).beat();
        beats = Disposables.disposed();
        for (int i = 0; i < 100; i++) {
            member.hold("call" + i, ACCOUNT, 1);
            member.settle("call" + i, ACCOUNT, 0);
        }
        redis.run(it -> it.clientKill(KillArgs.Builder.typeNormal()));
        until(member.shared::isAway);
        long before = member.money.trips();
        until(() -> {
            member.beat.once().block();
            return member.hold("again", ACCOUNT, 10) instanceof Held;
        });
        assertThat(member.money.trips() - before).isLessThan(100);
        assertThat(member.books.recent()).as("what there was to tell").hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void nobodyWaitsLongForARedisThatIsFrozen() {
        start();
        spendAndHold();
        redis.freeze();
        refused();
        member.settle("held", ACCOUNT, 5);
        redis.thaw();
        recovers();
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(35, 10)));
    }

    @Test
    void whileNotEveryoneHasToldARedisThatLostItsDataBudgetsAreAwayAndNobodySaysHowTheyStand() {
        AtomicReference<Instant> now = new AtomicReference<>(ACCOUNT.begins());
        Pace slow = new Pace(
                PACE.every(), PACE.again(), PACE.touch(), PACE.lease(), PACE.silent(), Duration.ofSeconds(2), PATIENCE);
        redis.start();
        connection = redis.connection();
        member = new RedisMember(connection, "one", now::get, new Books(ignored -> {}), slow);
        member.beat();
        try (RedisConnection others = redis.connection()) {
            RedisMember dead = new RedisMember(others, "two", now::get, new Books(ignored -> {}), slow);
            dead.beat();
        }
        member.beat();
        assertThat(member.shared.presence().isDegraded()).isFalse();
        redis.flush();
        assertThatThrownBy(() -> member.standing(ACCOUNT)).hasCauseInstanceOf(RedisException.class);
        member.beat();
        assertThat(member.shared.presence().isDegraded()).isTrue();
        assertThat(member.hold("no", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        now.set(now.get().plusSeconds(3));
        assertThat(member.hold("yes", ACCOUNT, 10)).isEqualTo(new Held());
        assertThat(member.shared.presence().isDegraded()).isFalse();
        beats = Disposables.disposed();
    }

    @Test
    void whatWasLetGoOnWithoutItIsHeldThereAfterwards() {
        start();
        spendAndHold();
        redis.freeze();
        refused();
        member.ledger.let("let", LedgerContract.claims(ACCOUNT, 30));
        redis.thaw();
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(30, 70)));
        member.settle("let", ACCOUNT, 5);
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(35, 40)));
    }

    @Test
    void aReplicaThatCannotBeWrittenToIsAway() {
        broken(it -> it.replicaof("127.0.0.1", 1), RedisCommands::replicaofNoOne);
    }

    @Test
    void aRedisWithoutMemoryIsAway() {
        broken(it -> it.configSet("maxmemory", "1"), it -> it.configSet("maxmemory", "0"));
    }

    @Test
    void aRedisThatPausesWritesIsAway() {
        start();
        spendAndHold();
        redis.run(it -> it.dispatch(
                io.lettuce.core.protocol.CommandType.CLIENT,
                new io.lettuce.core.output.StatusOutput<>(io.lettuce.core.codec.StringCodec.UTF8),
                new io.lettuce.core.protocol.CommandArgs<>(io.lettuce.core.codec.StringCodec.UTF8)
                        .add("PAUSE")
                        .add(1000)
                        .add("WRITE")));
        refused();
        recovers();
    }

    /** It answers errors, changes nothing, and is used again when it can be. */
    private void broken(Consumer<RedisCommands<String, String>> cause, Consumer<RedisCommands<String, String>> cure) {
        start();
        spendAndHold();
        run(cause);
        refused();
        member.settle("held", ACCOUNT, 5);
        String used = redis.run(it -> it.hget("penstock:{budgets}:1:b:" + ACCOUNT.key(), "used"));
        assertThat(used).isEqualTo("30");
        run(cure);
        recovers();
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(35, 10)));
    }

    private void run(Consumer<RedisCommands<String, String>> command) {
        redis.run(it -> {
            command.accept(it);
            return "";
        });
    }

    private void spendAndHold() {
        until(() -> member.hold("spent", ACCOUNT, 60) instanceof Held);
        member.settle("spent", ACCOUNT, 30);
        assertThat(member.hold("held", ACCOUNT, 40)).isEqualTo(new Held());
    }

    /** Within the patience of one answer; at once when it is known. */
    private void refused() {
        long begin = System.nanoTime();
        assertThat(member.hold("no", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        assertThat(since(begin)).isLessThan(PATIENCE.multipliedBy(10));
        assertThat(member.shared.isAway()).isTrue();
        begin = System.nanoTime();
        assertThat(member.hold("no", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        assertThat(since(begin)).isLessThan(PATIENCE);
    }

    private void recovers() {
        until(() -> member.hold("x", ACCOUNT, 10) instanceof Held);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 15 s").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
