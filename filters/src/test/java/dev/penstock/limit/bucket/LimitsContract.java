package dev.penstock.limit.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Refused;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Limits} keeps. The clock is the one that decides where windows begin. */
public abstract class LimitsContract {

    protected static final Duration MINUTE = Duration.ofMinutes(1);

    protected final VirtualClock clock = new VirtualClock("2026-03-01T12:00:20Z");

    private final Rule requests = rule(Measure.REQUESTS, 100);
    private final Rule tokens = rule(Measure.TOKENS, 1000);
    private final Rule concurrent = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 3, Duration.ZERO, false);

    protected abstract Limits limits();

    protected static Rule rule(Measure of, long limit) {
        return new Rule("services.a", By.SERVICE, of, limit, MINUTE, false);
    }

    private static Claim claim(Rule rule, long amount) {
        return new Claim(rule, "a", amount);
    }

    private Taking take(Claim... claims) {
        return limits().take(List.of(claims), taken -> {}).block();
    }

    private Taken taken(Claim... claims) {
        return (Taken) take(claims);
    }

    private Refused refused(Claim... claims) {
        return (Refused) take(claims);
    }

    private Level settle(Taken taken, long used) {
        return limits().settle(taken, claim -> used).block().get(0);
    }

    private long remaining(Rule rule) {
        return limits().look(List.of(claim(rule, 0))).block().get(0).remaining();
    }

    @Test
    void aWindowAdmitsItsLimitAndTellsWhenTheNextBegins() {
        for (int i = 1; i <= 100; i++) {
            Level level = taken(claim(requests, 1)).levels().get(0);
            assertThat(level.remaining()).isEqualTo(100 - i);
            assertThat(level.reset()).isEqualTo(Duration.ofSeconds(40));
        }
        Refused refused = refused(claim(requests, 1));
        assertThat(refused.comeBack()).isEqualTo(Duration.ofSeconds(40));
        assertThat(refused.by()).isEqualTo(new Level(requests, "a", 0, Duration.ofSeconds(40)));
        clock.forward(Duration.ofSeconds(40));
        assertThat(taken(claim(requests, 1)).levels().get(0).remaining()).isEqualTo(99);
    }

    @Test
    void aWindowIsAlignedToTheClockWheneverItIsFirstUsed() {
        clock.at("2026-03-01T12:00:59.900Z");
        taken(claim(requests, 1));
        clock.at("2026-03-01T12:01:00Z");
        Level level = taken(claim(requests, 1)).levels().get(0);
        assertThat(level.remaining()).isEqualTo(99);
        assertThat(level.reset()).isEqualTo(MINUTE);
    }

    @Test
    void whatWasUsedCountsUnderAChangedLimit() {
        for (int i = 0; i < 60; i++) {
            taken(claim(requests, 1));
        }
        Taken before = taken(claim(requests, 1));
        Rule lower = rule(Measure.REQUESTS, 70);
        assertThat(taken(claim(lower, 9)).levels().get(0).remaining()).isZero();
        refused(claim(lower, 1));
        assertThat(remaining(rule(Measure.REQUESTS, 50))).isZero();
        assertThat(remaining(rule(Measure.REQUESTS, 120))).isEqualTo(50);
        settle(before, 0);
        assertThat(remaining(lower)).isEqualTo(1);
        clock.forward(Duration.ofSeconds(40));
        assertThat(taken(claim(lower, 1)).levels().get(0).remaining()).isEqualTo(69);
    }

    @Test
    void whatIsUnderWayCountsUnderAChangedLimit() {
        Taken one = taken(claim(concurrent, 1));
        taken(claim(concurrent, 1));
        Rule fewer = new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 2, Duration.ZERO, false);
        refused(claim(fewer, 1));
        settle(one, 0);
        taken(claim(fewer, 1));
        refused(claim(fewer, 1));
        taken(claim(concurrent, 1));
    }

    @Test
    void threeHundredAtOnceAreAHundred() throws Exception {
        assertThat(admitted(300, claim(requests, 1))).isEqualTo(100);
        assertThat(remaining(requests)).isZero();
    }

    @Test
    void allOrNothingIsExactForThreeHundredAtOnce() throws Exception {
        Rule wide = new Rule("teams.t", By.TEAM, Measure.REQUESTS, 150, MINUTE, false);
        assertThat(admitted(300, claim(wide, 1), claim(requests, 1))).isEqualTo(100);
        assertThat(remaining(wide)).isEqualTo(50);
    }

    private int admitted(int times, Claim... claims) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<Taking>> takings = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                takings.add(threads.submit(() -> {
                    together.await();
                    return take(claims);
                }));
            }
            together.countDown();
            int admitted = 0;
            for (Future<Taking> taking : takings) {
                admitted += taking.get() instanceof Taken ? 1 : 0;
            }
            return admitted;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void oneThatRefusesLeavesTheOthersUntouched() {
        taken(claim(tokens, 900));
        Refused refused = refused(claim(requests, 1), claim(tokens, 101), claim(concurrent, 1));
        assertThat(refused.by().rule()).isEqualTo(tokens);
        assertThat(refused.by().remaining()).isEqualTo(100);
        assertThat(refused.levels()).extracting(Level::remaining).containsExactly(100L, 100L, 3L);
    }

    @Test
    void theLastToComeBackIsTold() {
        Rule hourly = new Rule("services.a", By.SERVICE, Measure.REQUESTS, 1, Duration.ofHours(1), false);
        taken(claim(hourly, 1), claim(concurrent, 3));
        Refused refused = refused(claim(concurrent, 1), claim(hourly, 1));
        assertThat(refused.by().rule()).isEqualTo(hourly);
        assertThat(refused.comeBack()).isEqualTo(Duration.ofSeconds(59 * 60 + 40));
    }

    @Test
    void whatWasNotUsedIsGivenBack() {
        Taken taken = taken(claim(tokens, 800));
        assertThat(settle(taken, 300).remaining()).isEqualTo(700);
    }

    @Test
    void whatIsGivenBackLateDoesNotWidenTheNextWindow() {
        Taken taken = taken(claim(tokens, 800));
        clock.forward(MINUTE);
        taken(claim(tokens, 600));
        assertThat(settle(taken, 0).remaining()).isEqualTo(400);
    }

    @Test
    void whatWasUsedBeyondItIsADebtOfTheNextWindow() {
        Taken taken = taken(claim(tokens, 100));
        Level level = settle(taken, 1300);
        assertThat(level.remaining()).isZero();
        assertThat(level.reset()).isEqualTo(Duration.ofSeconds(100));
        assertThat(refused(claim(tokens, 1)).comeBack()).isEqualTo(Duration.ofSeconds(40));
        assertThat(refused(claim(tokens, 900)).comeBack()).isEqualTo(Duration.ofSeconds(100));
        clock.forward(Duration.ofSeconds(40));
        assertThat(remaining(tokens)).isEqualTo(700);
        clock.forward(MINUTE);
        assertThat(remaining(tokens)).isEqualTo(1000);
    }

    @Test
    void whatIsUnderWayIsGivenBackWhateverWasUsed() {
        Taken first = taken(claim(concurrent, 1));
        taken(claim(concurrent, 1));
        taken(claim(concurrent, 1));
        assertThat(refused(claim(concurrent, 1)).comeBack()).isPositive();
        clock.forward(Duration.ofDays(1));
        refused(claim(concurrent, 1));
        assertThat(settle(first, 7).remaining()).isEqualTo(1);
        taken(claim(concurrent, 1));
    }

    @Test
    void aSmoothLimitRefillsAllTheTime() {
        Rule smooth = new Rule("services.a", By.SERVICE, Measure.REQUESTS, 60, MINUTE, true);
        Level level = taken(claim(smooth, 60)).levels().get(0);
        assertThat(level.reset()).isEqualTo(MINUTE);
        assertThat(refused(claim(smooth, 1)).comeBack()).isEqualTo(Duration.ofSeconds(1));
        clock.forward(Duration.ofSeconds(10));
        assertThat(remaining(smooth)).isEqualTo(10);
        Taken taken = taken(claim(smooth, 10));
        assertThat(settle(taken, 4).remaining()).isEqualTo(6);
    }

    @Test
    void subjectsAndRulesHaveCountsOfTheirOwn() {
        taken(claim(requests, 100));
        assertThat(take(new Claim(requests, "b", 100))).isInstanceOf(Taken.class);
        assertThat(take(claim(rule(Measure.REQUESTS, 101), 1))).isInstanceOf(Taken.class);
        assertThat(take(claim(rule(Measure.REQUESTS, 100), 1))).isInstanceOf(Refused.class);
    }

    @Test
    void lookingTakesNothingAndShowsWhatIsUsed() {
        assertThat(remaining(requests)).isEqualTo(100);
        assertThat(limits().subjects(requests).block()).isEmpty();
        taken(claim(requests, 30));
        assertThat(limits().subjects(requests).block())
                .containsExactly(new Level(requests, "a", 70, Duration.ofSeconds(40)));
    }

    @Test
    void theHolderIsToldOnceAndOnlyOfWhatWasTaken() {
        List<Taken> held = new ArrayList<>();
        Taking first = limits().take(List.of(claim(requests, 100)), held::add).block();
        limits().take(List.of(claim(requests, 1)), held::add).block();
        assertThat(held).containsExactly((Taken) first);
    }

    /** Against a model that keeps a plain sum for each window. */
    @Test
    void noWindowEverAdmitsMoreThanItsLimit() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long window = 0;
        long used = 0;
        List<Taken> open = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            clock.forward(Duration.ofMillis(random.nextInt(4000)));
            long here = Math.floorDiv(clock.instant().toEpochMilli(), MINUTE.toMillis());
            used = here == window ? used : 0;
            window = here;
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                Taken taken = open.remove(random.nextInt(open.size()));
                long amount = taken.claims().get(0).amount();
                long really = random.nextLong(amount + 1);
                boolean same = Math.floorDiv(taken.at().toEpochMilli(), MINUTE.toMillis()) == window;
                used -= same ? amount - really : 0;
                settle(taken, really);
            } else {
                long amount = 1 + random.nextInt(400);
                Taking taking = take(claim(tokens, amount));
                assertThat(taking instanceof Taken)
                        .as("seed %d, step %d, %d of %d used", seed, i, used, tokens.limit())
                        .isEqualTo(used + amount <= tokens.limit());
                if (taking instanceof Taken taken) {
                    used += amount;
                    open.add(taken);
                }
            }
            assertThat(remaining(tokens)).as("seed %d, step %d", seed, i).isEqualTo(tokens.limit() - used);
        }
    }
}
