package dev.penstock.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final RedisLimits limits = new RedisLimits(
            counts, new Words(Duration.ofSeconds(30), 10, this::micros), new Leases("a"), new Ended(counts));

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
