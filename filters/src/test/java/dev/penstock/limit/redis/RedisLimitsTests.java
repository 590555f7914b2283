package dev.penstock.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.LimitsContract;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.store.Presence;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests for {@link RedisLimits}. */
class RedisLimitsTests extends LimitsContract {

    private static RealRedis redis;
    private static RedisConnection connection;

    private final RedisCounts counts = new RedisCounts(connection);
    private final Leases leases = new Leases("a");
    private final Ended ended = new Ended(counts::remove);
    private final RedisLimits limits =
            new RedisLimits(counts, new Words(Duration.ofSeconds(30), 10, this::micros), leases, ended);

    @BeforeAll
    static void start() {
        redis = RealRedis.shared();
        connection = redis.connection();
    }

    @AfterAll
    static void stop() {
        connection.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private String micros() {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    @Override
    protected Limits limits() {
        return limits;
    }

    @Test
    void aClockThatIsSetBackOpensNoWindowTwice() {
        Rule rule = rule(Measure.REQUESTS, 5);
        assertThat(limits.take(List.of(new Claim(rule, "a", 5)), taken -> {}).block())
                .isInstanceOf(Taken.class);
        clock.forward(Duration.ofMinutes(-5));
        assertThat(limits.take(List.of(new Claim(rule, "a", 1)), taken -> {}).block())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.comeBack()).isEqualTo(Duration.ofSeconds(5 * 60 + 40)));
        clock.forward(Duration.ofMinutes(-10));
        assertThat(limits.take(List.of(new Claim(rule, "a", 5)), taken -> {}).block())
                .isInstanceOf(Taken.class);
    }

    @Test
    void tooManySubjectsShareOneCount() {
        Rule rule = rule(Measure.REQUESTS, 2);
        for (int i = 0; i < 10; i++) {
            take(rule, "s" + i);
        }
        assertThat(take(rule, "s10")).isInstanceOf(Taken.class);
        assertThat(take(rule, "s11")).isInstanceOf(Taken.class);
        assertThat(take(rule, "s12")).isInstanceOf(Refused.class);
        assertThat(take(rule, "s0")).isInstanceOf(Taken.class);
        assertThat(take(rule(Measure.REQUESTS, 3), "s12")).isInstanceOf(Taken.class);
        clock.forward(MINUTE.multipliedBy(3));
        redis.run(it -> it.del(Keys.index(rule) + "|(others)"));
        assertThat(take(rule, "s12")).isInstanceOf(Taken.class);
        assertThat(limits.subjects(rule).block()).extracting(Level::subject).containsExactly("s12");
    }

    @Test
    void subjectsWithoutCallsMakeRoomInTheListOfWhatIsConcurrent() {
        Rule rule = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);
        for (int i = 0; i < 10; i++) {
            Taken taken = (Taken) take(rule, "s" + i);
            limits.settle(taken, claim -> 0).block();
        }
        take(rule, "s10");
        assertThat(limits.subjects(rule).block()).isEmpty();
        clock.forward(Duration.ofHours(2));
        take(rule, "s11");
        assertThat(limits.subjects(rule).block()).extracting(Level::subject).containsExactly("s11");
    }

    @Test
    void whatHadNoCallForAWhileLeavesTheListOfWhatIsConcurrent() {
        Rule rule = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);
        limits.settle((Taken) take(rule, "a"), claim -> 0).block();
        clock.forward(Duration.ofMinutes(1));
        take(rule, "b");
        List<String> listed = redis.run(it -> it.zrange(Keys.index(rule), 0, -1));
        assertThat(listed).containsExactly("b");
    }

    /** By Redis' own clock, which is ahead of the one here. */
    @Test
    void aCallThatGoesOnStaysInTheListOfWhatIsConcurrent() {
        Rule rule = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);
        take(rule, "a|1");
        redis.run(it -> it.pexpire(Keys.index(rule), 20_000));
        beat();
        long left = redis.run(it -> it.pttl(Keys.index(rule)));
        assertThat(left).isGreaterThan(30_000);
        clock.forward(Duration.ofHours(2));
        take(rule, "b");
        assertThat(limits.subjects(rule).block()).extracting(Level::subject).containsExactlyInAnyOrder("a|1", "b");
    }

    @Test
    void aRedisThatForgotWhichSubjectsHaveCallsIsToldWithTheNextBeat() {
        Rule rule = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);
        take(rule, "a");
        redis.flush();
        beat();
        assertThat(limits.subjects(rule).block())
                .extracting(Level::subject, Level::remaining)
                .containsExactly(tuple("a", 2L));
    }

    private void beat() {
        Duration lease = Duration.ofSeconds(30);
        Beat.Pace never = new Beat.Pace(lease, lease, lease, lease, lease);
        Beat beat = new Beat(counts, leases, ended, new Fleet(), new Presence("limits", null), never);
        beat.once(lease).block();
        beat.close();
    }

    @Test
    void everyKeyEndsByItself() {
        Taken taken = (Taken) take(rule(Measure.TOKENS, 10), "a");
        limits.settle(taken, claim -> 100).block();
        take(new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false), "a");
        take(new Rule("services.a", By.SERVICE, Measure.REQUESTS, 3, MINUTE, true), "a");
        List<String> keys = redis.run(it -> it.keys("*"));
        assertThat(keys).hasSize(6);
        for (String key : keys) {
            long left = redis.run(it -> it.pttl(key));
            assertThat(left).as(key).isBetween(1L, Duration.ofHours(1).toMillis());
        }
    }

    @Test
    void allKeysOfACallAreInOneSlot() {
        Claim first = new Claim(rule(Measure.TOKENS, 10), "a", 1);
        Claim second =
                new Claim(new Rule("providers.p", By.PROVIDER, Measure.CONCURRENT, 3, Duration.ZERO, false), "p{x}", 1);
        assertThat(Keys.of(List.of(first, second)).stream().map(SlotHash::getSlot))
                .containsOnly(SlotHash.getSlot(Keys.LIVING));
    }

    @Test
    void whatIsGoneIsNotLookedForTwice() {
        Rule rule = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);
        Taken taken = (Taken) take(rule, "a");
        limits.settle(taken, claim -> 0).block();
        assertThat(limits.settle(taken, claim -> 0).block())
                .extracting(Level::remaining)
                .containsExactly(3L);
    }

    private Taking take(Rule rule, String subject) {
        return limits.take(List.of(new Claim(rule, subject, 1)), taken -> {}).block();
    }
}
