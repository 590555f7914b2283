package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Held;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many calls one Redis carries, with all budgets of a call being those of every other. */
class LedgerRateTests {

    private static final int AT_ONCE = 64;
    private static final int CALLS = 1_000;

    /** Far below what was measured without the leak detection of tests; a script that has become slow is found out. */
    private static final double LEAST = 50;

    @Test
    void oneRedisHoldsAndSettlesManyCallsASecond() {
        RealRedis redis = RealRedis.shared();
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        try (RedisConnection connection = redis.connection()) {
            RedisMember member = RedisMember.of(connection, "one", () -> now).beat();
            measure(member, 1, CALLS / 2);
            assertThat(measure(member, 1, CALLS)).isGreaterThan(LEAST);
            assertThat(measure(member, 3, CALLS)).isGreaterThan(LEAST);
        }
    }

    private static double measure(RedisMember member, int accounts, int calls) {
        List<Claim> claims = Stream.of("a", "b", "c")
                .limit(accounts)
                .map(name -> new Claim(LedgerContract.account(name, 9_000_000_000_000_000L), 7))
                .toList();
        long[] took = new long[calls];
        long begin = System.nanoTime();
        Flux.range(0, calls)
                .flatMap(i -> call(member, accounts + "-" + calls + "-" + i, claims, took, i), AT_ONCE)
                .then()
                .toFuture()
                .join();
        double rate = calls / ((System.nanoTime() - begin) / 1e9);
        Arrays.sort(took);
        System.out.printf(
                "LedgerRateTests: %d accounts, %d at once: %.0f calls/s, hold p50 %.1f ms, p99 %.1f ms%n",
                accounts, AT_ONCE, rate, took[calls / 2] / 1e6, took[calls - calls / 100] / 1e6);
        return rate;
    }

    private static Mono<Void> call(RedisMember member, String id, List<Claim> claims, long[] took, int i) {
        return Mono.defer(() -> {
            long begin = System.nanoTime();
            return member.ledger.hold(id, claims).flatMap(decision -> {
                took[i] = System.nanoTime() - begin;
                assertThat(decision).isEqualTo(new Held());
                return member.ledger.settle(id, claims);
            });
        });
    }
}
