package dev.penstock.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.limit.bucket.WhenAway;
import dev.penstock.limit.redis.RedisStore.Watching;
import dev.penstock.store.LoadingRedis;
import dev.penstock.store.Presence;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.testing.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Tests for several {@link FleetLimits} on one Redis. */
class FleetLimitsTests {

    /** Patient, since this machine may be busy, and what is counted without Redis is not exact. */
    private static final Beat.Pace QUICK = pace(Duration.ofSeconds(2));

    private final RealRedis redis = new RealRedis();
    private final List<Instance> started = new ArrayList<>();
    private final VirtualClock local = new VirtualClock("2026-03-01T12:00:20Z");

    /** One gateway, as far as limits go. */
    private record Instance(RedisStore store, RedisConnection way, SimpleMeterRegistry meters) {

        Taking take(Rule rule) {
            return take(WhenAway.LOCAL_SHARE, rule);
        }

        Taking take(WhenAway mode, Rule rule) {
            return store.limits()
                    .of(mode, Runnable::run)
                    .take(List.of(new Claim(rule, "a", 1)), taken -> {})
                    .block(Duration.ofSeconds(5));
        }

        void settle(Taken taken) {
            store.limits().settle(taken, claim -> 1).block(Duration.ofSeconds(5));
        }

        double degraded() {
            return meters.get("penstock.control.degraded").gauge().value();
        }

        /** As kill -9: it beats no more, and says nothing. */
        void dies() {
            way.close();
        }
    }

    /** One gateway that beats when it is told to; its leases last a minute. */
    private record Hand(RedisLimits limits, Beat beats, Words words, Leases leases, Ended ended) {

        private static final Duration LONG = Duration.ofMinutes(1);

        static Hand over(RedisConnection way) {
            RedisCounts counts = new RedisCounts(way);
            Words words = new Words(LONG, 1000, () -> "");
            Leases leases = new Leases("hand");
            Ended ended = new Ended(counts::remove);
            Beat.Pace never = new Beat.Pace(LONG, LONG, LONG, LONG, LONG);
            return new Hand(
                    new RedisLimits(counts, words, leases, ended),
                    new Beat(counts, leases, ended, new Fleet(), new Presence("limits", null), never),
                    words,
                    leases,
                    ended);
        }

        /** The same gateway on another connection. */
        RedisLimits over(RedisCounts counts) {
            return new RedisLimits(counts, words, leases, ended);
        }

        Taken take() {
            return (Taken) limits.take(List.of(new Claim(concurrent(2), "a", 1)), taken -> {})
                    .block(Duration.ofSeconds(20));
        }

        CompletableFuture<Void> beat() {
            return beats.once(LONG).toFuture().orTimeout(20, TimeUnit.SECONDS);
        }
    }

    private static Beat.Pace pace(Duration patience) {
        return new Beat.Pace(
                Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(600), Duration.ofMillis(600), patience);
    }

    @BeforeEach
    void start() {
        redis.start();
        for (int i = 0; i < 3; i++) {
            join("i" + i, QUICK);
        }
        Await.until(() -> started.stream().allMatch(it -> it.store().fleet() == 3));
    }

    private Instance join(String boot, Beat.Pace pace) {
        RedisConnection way = redis.connection();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Instance instance = new Instance(
                RedisStore.open(new RedisCounts(way), boot, new Watching(pace, () -> "", local, meters)), way, meters);
        started.add(instance);
        return instance;
    }

    @AfterEach
    void stop() {
        started.forEach(it -> it.store().close());
        started.forEach(it -> it.way().close());
        redis.close();
    }

    private static Rule requests(long limit) {
        return new Rule("services.a", By.SERVICE, Measure.REQUESTS, limit, Duration.ofDays(1), false);
    }

    private static Rule concurrent(long limit) {
        return new Rule("services.a", By.SERVICE, Measure.CONCURRENT, limit, Duration.ZERO, false);
    }

    private long admitted(Rule rule, int times) {
        return Flux.range(0, times)
                .flatMap(
                        i -> started.get(i % started.size())
                                .store()
                                .limits()
                                .take(List.of(new Claim(rule, "a", 1)), taken -> {}),
                        times)
                .filter(Taken.class::isInstance)
                .count()
                .block(Duration.ofSeconds(20));
    }

    @Test
    void threeHundredAtOnceOverThreeInstancesAreAHundred() {
        assertThat(admitted(requests(100), 300)).isEqualTo(100);
        assertThat(admitted(requests(100), 3)).isZero();
        for (Instance any : started) {
            assertThat(any.store().limits().subjects(requests(100)).block())
                    .extracting(Level::subject, Level::remaining)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("a", 0L));
        }
    }

    @Test
    void thePermitsOfAnInstanceThatDiedComeBack() {
        Instance dying = started.get(0);
        Instance other = started.get(1);
        assertThat(dying.take(concurrent(2))).isInstanceOf(Taken.class);
        assertThat(other.take(concurrent(2))).isInstanceOf(Taken.class);
        dying.dies();
        assertThat(other.take(concurrent(2))).isInstanceOf(Taking.Refused.class);
        Await.until(() -> other.take(concurrent(2)) instanceof Taken);
        assertThat(other.take(concurrent(2))).isInstanceOf(Taking.Refused.class);
        Await.until(() -> other.store().fleet() == 2);
    }

    @Test
    void permitsOfALivingInstanceOutliveTheirLeaseAndAFlush() {
        assertThat(started.get(0).take(concurrent(1))).isInstanceOf(Taken.class);
        redis.flush();
        Await.until(() -> started.get(1).take(concurrent(1)) instanceof Taking.Refused);
        long until = System.nanoTime() + QUICK.lease().multipliedBy(2).toNanos();
        while (System.nanoTime() < until) {
            assertThat(started.get(1).take(concurrent(1))).isInstanceOf(Taking.Refused.class);
        }
    }

    @Test
    void aRedisThatIsFrozenIsGivenUpInTimeAndItsLimitsAreShared() {
        for (int i = 0; i < 3; i++) {
            Instance before = started.remove(0);
            before.store().close();
            before.way().close();
            join("j" + i, pace(Duration.ofMillis(250)));
        }
        Await.until(() -> started.stream().allMatch(it -> it.store().fleet() == 3));
        redis.freeze();
        long before = System.nanoTime();
        assertThat(started.get(0).take(requests(90))).isInstanceOf(Taken.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
        before = System.nanoTime();
        assertThat(admitted(requests(90), 300)).isEqualTo(3 * 30 - 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(600));
        assertThat(started).extracting(Instance::degraded).containsOnly(1.0);
        redis.thaw();
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        assertThat(started).extracting(Instance::degraded).containsOnly(0.0);
        // calls that found it out were taken there too, and nobody here gives them back
        long left = remaining(started.get(0), requests(90));
        assertThat(left).isLessThan(90);
        assertThat(admitted(requests(90), 300)).isEqualTo(left);
    }

    /** Leases of a minute: what comes back within seconds was given back. */
    @Test
    void whatRedisTookAndAnsweredTooLateIsGivenBack() {
        Duration minute = Duration.ofMinutes(1);
        Duration again = Duration.ofMillis(50);
        Instance slow = join("slow", new Beat.Pace(again, again, minute, minute, Duration.ofMillis(250)));
        Await.until(() -> slow.take(requests(1000)) instanceof Taken taken && !LocalShare.took(taken));
        redis.freeze();
        Flux.range(0, 10)
                .flatMap(i -> slow.store()
                        .limits()
                        .take(
                                List.of(new Claim(concurrent(10), "a", 1)),
                                late -> slow.store()
                                        .limits()
                                        .settle(late, claim -> 0)
                                        .subscribe()))
                .blockLast(Duration.ofSeconds(5));
        // longer than the client's own patience was
        long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
        while (System.nanoTime() < end) {
            slow.take(requests(1000));
        }
        redis.thaw();
        Await.until(() -> !slow.store().limits().isAway());
        Await.until(() -> remaining(slow, concurrent(10)) == 10);
    }

    /** What Redis has forgotten of the script has to be sent again, behind what ended by then. */
    @Test
    void whatEndsWhileABeatIsOnItsWayIsNotRenewed() {
        Hand hand = Hand.over(started.get(0).way());
        // the beats of others would teach it the script again
        started.forEach(it -> it.store().close());
        redis.run(it -> it.scriptFlush());
        Taken taken = hand.take();
        redis.freeze();
        CompletableFuture<Void> told = hand.beat();
        CompletableFuture<?> settled = hand.limits().settle(taken, claim -> 0).toFuture();
        redis.thaw();
        CompletableFuture.allOf(told, settled).join();
        Await.until(() -> remaining(started.get(1), concurrent(2)) == 2);
    }

    @Test
    void anEndThatCouldNotBeToldIsToldWithTheNextBeat() {
        Hand hand = Hand.over(started.get(0).way());
        Taken taken = hand.take();
        try (RedisConnection lost = new RealRedis().connection()) {
            RedisLimits there = hand.over(new RedisCounts(lost));
            assertThatThrownBy(() -> there.settle(taken, claim -> 0).block(Duration.ofSeconds(20)))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(remaining(started.get(1), concurrent(2))).isEqualTo(1);
        hand.beat().join();
        Await.until(() -> remaining(started.get(1), concurrent(2)) == 2);
    }

    @Test
    void whatEndsAgainWhileItsEndIsToldIsToldAgain() {
        RedisCounts counts = new RedisCounts(started.get(0).way());
        Ended ended = new Ended(counts::remove);
        Leases leases = new Leases("hand");
        leases.hold("x", List.of(new Claim(concurrent(2), "a", 1)));
        List<Leases.Permit> permits = leases.held();
        String key = permits.get(0).key();
        redis.run(it -> it.zadd(key, 9e15, permits.get(0).name()));
        redis.freeze();
        ended.add(permits);
        ended.tell();
        ended.add(permits);
        redis.thaw();
        Await.until(() -> redis.run(it -> it.exists(key)) == 0);
        redis.run(it -> it.zadd(key, 9e15, permits.get(0).name()));
        Await.until(() -> {
            ended.tell();
            return redis.run(it -> it.exists(key)) == 0;
        });
    }

    @Test
    void endsThatCouldNotEvenBeSentAreToldWithTheNextBeat() {
        AtomicBoolean broken = new AtomicBoolean(true);
        RedisConnection way = started.get(0).way();
        Ended ended = new Ended(permits -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("no more threads");
            }
            return new RedisCounts(way).remove(permits);
        });
        Leases leases = new Leases("hand");
        leases.hold("x", List.of(new Claim(concurrent(2), "a", 1)));
        List<Leases.Permit> permits = leases.held();
        String key = permits.get(0).key();
        redis.run(it -> it.zadd(key, 9e15, permits.get(0).name()));
        ended.add(permits);
        ended.tell();
        ended.tell();
        Await.until(() -> redis.run(it -> it.exists(key)) == 0);
    }

    /** Whoever looks at many counts waits for them, and says nothing of how Redis answers calls. */
    @Test
    void aLongListOfSubjectsDoesNotMakeRedisAway() {
        Duration minute = Duration.ofMinutes(1);
        Instance hasty = join("hasty", new Beat.Pace(minute, minute, minute, minute, Duration.ofMillis(10)));
        Rule rule = requests(90);
        Object[] subjects = IntStream.range(0, 10_000)
                .boxed()
                .flatMap(i -> Stream.<Object>of(9e15, "s" + i))
                .toArray();
        redis.run(it -> it.zadd(Keys.index(rule), subjects));
        hasty.store().limits().subjects(rule).block(Duration.ofSeconds(20));
        assertThat(hasty.store().limits().isAway()).isFalse();
    }

    @Test
    void aRedisThatACallFoundAwayIsAskedAgainBeforeTheNextBeat() {
        Duration minute = Duration.ofMinutes(1);
        Instance slow =
                join("slow", new Beat.Pace(minute, Duration.ofMillis(50), minute, minute, Duration.ofMillis(250)));
        redis.freeze();
        assertThat(slow.take(requests(90))).isInstanceOf(Taken.class);
        assertThat(slow.degraded()).isEqualTo(1);
        redis.thaw();
        Await.until(() -> slow.degraded() == 0);
    }

    @Test
    void aRedisThatIsKilledAndStartedEmptyIsExactAgain() {
        assertThat(admitted(requests(30), 60)).isEqualTo(30);
        redis.kill();
        assertThat(admitted(requests(30), 60)).isEqualTo(30);
        assertThat(started).allMatch(it -> it.store().limits().isAway());
        redis.start();
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        assertThat(admitted(requests(30), 60)).isEqualTo(30);
        assertThat(admitted(requests(30), 60)).isZero();
    }

    @Test
    void aRedisThatCannotBeWrittenToIsAway() {
        redis.run(it -> it.replicaof("127.0.0.1", 1));
        Await.until(() -> started.get(0).store().limits().isAway());
        assertThat(started.get(0).take(requests(3))).isInstanceOf(Taken.class);
        assertThat(started.get(0).take(requests(3))).isInstanceOf(Taking.Refused.class);
        redis.run(it -> it.replicaofNoOne());
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        assertThat(admitted(requests(3), 60)).isEqualTo(3);
    }

    @Test
    void aRedisWithoutMemoryIsAway() {
        redis.run(it -> it.configSet("maxmemory", "1"));
        Await.until(() -> started.get(0).store().limits().isAway());
        assertThat(started.get(0).take(requests(3))).isInstanceOf(Taken.class);
        assertThat(started.get(0).take(requests(3))).isInstanceOf(Taking.Refused.class);
        redis.run(it -> it.configSet("maxmemory", "0"));
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        assertThat(admitted(requests(3), 60)).isEqualTo(3);
    }

    @Test
    void aRedisThatIsLoadingItsDataIsAway() {
        redis.kill();
        try (LoadingRedis loading = new LoadingRedis(redis.port())) {
            assertThat(started.get(0).take(requests(3))).isInstanceOf(Taken.class);
            assertThat(started.get(0).degraded()).isEqualTo(1);
            assertThat(started.get(0).take(requests(3))).isInstanceOf(Taking.Refused.class);
            assertThatThrownBy(() -> started.get(1).take(WhenAway.CLOSED, requests(3)))
                    .isInstanceOf(GatewayException.class);
        }
        redis.start();
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        assertThat(admitted(requests(3), 60)).isEqualTo(3);
    }

    @Test
    void aScriptThatRedisForgotIsSentAgain() {
        assertThat(started.get(0).take(requests(2))).isInstanceOf(Taken.class);
        redis.run(it -> it.scriptFlush());
        assertThat(admitted(requests(2), 30)).isEqualTo(1);
        assertThat(started).extracting(Instance::degraded).containsOnly(0.0);
    }

    @Test
    void anInstanceThatWasThereBeforeRedisFindsIt() {
        redis.kill();
        Instance early = join("early", QUICK);
        assertThat(early.take(requests(1))).isInstanceOf(Taken.class);
        assertThat(early.store().limits().isAway()).isTrue();
        redis.start();
        Await.until(() -> !early.store().limits().isAway());
        assertThat(early.take(requests(1))).isInstanceOf(Taken.class);
        assertThat(early.take(requests(1))).isInstanceOf(Taking.Refused.class);
    }

    @Test
    void whatIsDoneWhileRedisIsAwayIsConfigured() {
        redis.kill();
        Instance any = started.get(0);
        assertThatThrownBy(() -> any.take(WhenAway.CLOSED, requests(100)))
                .isInstanceOfSatisfying(GatewayException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT_UNAVAILABLE);
                    assertThat(refused.told().comeBack()).isPresent();
                });
        for (int i = 0; i < 5; i++) {
            assertThat(any.take(WhenAway.OPEN, requests(1))).isInstanceOf(Taken.class);
        }
        assertThat(any.take(requests(3))).isInstanceOf(Taken.class);
        assertThat(any.take(requests(3))).isInstanceOf(Taking.Refused.class);
    }

    @Test
    void whatIsUnderWayCountsWhoeverAdmittedIt() {
        Instance any = started.get(0);
        Taken before = (Taken) any.take(concurrent(6));
        redis.kill();
        Taken meanwhile = (Taken) any.take(concurrent(6));
        assertThat(any.take(concurrent(6)))
                .isInstanceOfSatisfying(
                        Taking.Refused.class,
                        refused -> assertThat(refused.by())
                                .extracting(level -> level.rule().limit(), Level::remaining)
                                .containsExactly(2L, 0L));
        assertThat(any.store().limits().subjects(concurrent(6)).block()).hasSize(1);
        redis.start();
        Instance other = started.get(1);
        Await.until(() -> started.stream().noneMatch(it -> it.store().limits().isAway()));
        Await.until(() -> remaining(other, concurrent(6)) == 4);
        any.settle(before);
        any.settle(meanwhile);
        Await.until(() -> remaining(other, concurrent(6)) == 6);
        assertThat(admitted(concurrent(6), 30)).isEqualTo(6);
    }

    private static long remaining(Instance asked, Rule rule) {
        return asked.store()
                .limits()
                .look(List.of(new Claim(rule, "a", 0)))
                .block()
                .get(0)
                .remaining();
    }

    private long minute() {
        return Long.parseLong(redis.run(it -> it.time().get(0))) / 60;
    }

    @Test
    void theClocksOfInstancesDoNotMatter() {
        for (long skew : List.of(-300, 0, 300)) {
            Clock skewed = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(skew));
            RedisConnection way = redis.connection();
            started.add(new Instance(
                    RedisStore.open(new RedisCounts(way), "s" + skew, new Watching(QUICK, () -> "", skewed, null)),
                    way,
                    new SimpleMeterRegistry()));
        }
        Rule minute = new Rule("services.a", By.SERVICE, Measure.REQUESTS, 50, Duration.ofMinutes(1), false);
        long windows = minute();
        long admitted = admitted(minute, 300);
        // a test that runs over a full minute sees two windows
        assertThat(admitted).isBetween(50L, 50 * (1 + minute() - windows));
    }
}
