package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.budget.Decision.Moved;
import dev.penstock.budget.Decision.Unknown;
import dev.penstock.budget.Shared.Pace;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Tests for {@link RedisLedger}. */
class RedisLedgerTests extends LedgerContract {

    private static final RealRedis REDIS = RealRedis.shared();
    private static final RedisConnection CONNECTION = REDIS.connection();
    private static final Account ACCOUNT = account("a", 100);

    private final RedisMember one = member("one");
    private final RedisMember two = RedisMember.of(CONNECTION, "two", () -> now).beat();

    /** The first, in a Redis that is empty. */
    private RedisMember member(String name) {
        flush();
        return RedisMember.of(CONNECTION, name, () -> now).beat();
    }

    private static void flush() {
        CONNECTION
                .commands()
                .thenCompose(it -> it.flushall())
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void close() {
        CONNECTION.close();
    }

    @Override
    Ledger ledger() {
        return member("contract").ledger;
    }

    @Override
    int runs() {
        return Math.max(10, super.runs() / 20);
    }

    @Test
    void whatOneInstanceHoldsIsHeldFromAll() {
        assertThat(one.hold("x", ACCOUNT, 60)).isEqualTo(new Held());
        assertThat(two.hold("y", ACCOUNT, 60)).isEqualTo(new Denied(ACCOUNT, 0, 60, 60));
        one.settle("x", ACCOUNT, 10);
        assertThat(two.hold("y", ACCOUNT, 60)).isEqualTo(new Held());
        assertThat(one.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(10, 60));
        assertThat(one.changed).containsExactly(ACCOUNT);
    }

    @Test
    void oneTripHoldsAndOneSettles() {
        long before = one.money.trips();
        one.hold("x", ACCOUNT, 60, account("b", 100), 60, account("c", 100), 60);
        assertThat(one.money.trips() - before).isEqualTo(1);
        one.settle("x", ACCOUNT, 60);
        assertThat(one.money.trips() - before).isEqualTo(2);
    }

    @Test
    void aCallWhoseInstanceDiedIsChargedWhatItHeld() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(59);
        two.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
        now = now.plusSeconds(2);
        two.sweep();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
        two.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
    }

    @Test
    void aCallThatIsToBeReleasedWhenLostIsCharged0() {
        BudgetConfig lenient = new BudgetConfig(
                Money.parse("1"),
                Money.NONE,
                ZoneId.of("UTC"),
                List.of(),
                BudgetConfig.OnInsufficient.REJECT,
                BudgetConfig.Lost.RELEASE,
                16);
        Account released = new Account("r", ACCOUNT.window(), ACCOUNT.ends(), 100, lenient);
        one.hold("x", ACCOUNT, 60, released, 60);
        now = now.plusSeconds(61);
        two.sweep();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
        assertThat(two.standing(released)).isEqualTo(new Ledger.Standing(0, 0));
    }

    @Test
    void aLongCallIsNotLostWhileItsInstanceLives() {
        one.hold("x", ACCOUNT, 60);
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(20);
            one.beat();
            two.beat();
        }
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
    }

    @Test
    void aCallThatNobodyCouldRenewWhileRedisWasAwayIsNotLost() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        two.shared.presence().failed(new TimeoutException());
        two.beat();
        one.beat();
        two.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
        now = now.plusSeconds(61);
        two.sweep();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
    }

    @Test
    void aClockOfRedisThatJumpsLosesNoCallThatIsRenewed() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        two.beat();
        one.beat();
        two.sweep();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
    }

    @Test
    void theCallsOfADeadInstanceAreGivenUpAlsoWhereRedisIsAwayAgainAndAgain() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        for (int i = 0; i < 4; i++) {
            two.shared.presence().failed(new TimeoutException());
            two.later(Duration.ofSeconds(5)).beat();
        }
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
    }

    @Test
    void anInstanceThatStartsGivesUpNothingAtOnce() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        RedisMember.of(CONNECTION, "three", () -> now).beat();
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
    }

    @Test
    void whatHappenedWhileAnInstanceSleptIsNotHeldAgainstTheOthers() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        two.beat();
        two.later(Duration.ofMinutes(5)).beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
    }

    @Test
    void moreDeadCallsThanGoAtOnceAllGo() {
        for (int i = 0; i < 600; i++) {
            one.hold("x" + i, ACCOUNT, 0);
        }
        one.hold("z", ACCOUNT, 60);
        now = now.plusSeconds(61);
        two.sweep().beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(60, 0));
    }

    @Test
    void aCallThatWasLostAndEndsAfterAllIsChargedWhatItCost() {
        one.hold("x", ACCOUNT, 60);
        now = now.plusSeconds(61);
        two.sweep();
        one.settle("x", ACCOUNT, 7);
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
        one.beat();
        two.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
    }

    @Test
    void anEndThatIsToldTwiceIsChargedOnce() {
        one.hold("x", ACCOUNT, 60);
        Books.Ending end = one.books.end("x", claims(ACCOUNT, 25)).orElseThrow();
        one.ledger.tell(end).toFuture().join();
        one.ledger.tell(end).toFuture().join();
        assertThat(one.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(25, 0));
        assertThat(one.books.spent()).containsExactly(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 25));
    }

    @Test
    void aHoldThatNobodyAnswersLeavesACallThatEndedMeanwhileItsCharge() {
        one.hold("x", ACCOUNT, 60);
        one.books.end("x", claims(ACCOUNT, 25));
        one.books.doubt("x", claims(ACCOUNT, 85));
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(25, 0));
        assertThat(one.books.spent()).containsExactly(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 25));
    }

    /** Redis was away when the call ended, and had taken the hold before it was told of the end. */
    @Test
    void aHoldThatIsAnsweredAfterTheEndOfItsCallLeavesItsCharge() {
        one.hold("x", ACCOUNT, 60);
        one.books.end("x", claims(ACCOUNT, 25));
        assertThat(one.hold("x", ACCOUNT, 85)).isEqualTo(new Held());
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 85));
        one.settle("x");
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(25, 0));
        assertThat(one.books.spent()).containsExactly(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 25));
    }

    @Test
    void aHoldThatComesAfterItWasGivenBackHoldsNothingAlsoOfABudgetThatNobodyUsedBefore() {
        one.books.doubt("x", claims(ACCOUNT, 60));
        one.beat();
        assertThat(remains("r:x"))
                .isEqualTo(Duration.between(now, ACCOUNT.ends().plus(Account.KEPT)));
        assertThat(one.hold("x", ACCOUNT, 60)).isInstanceOf(Unknown.class);
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 0));
    }

    /** Whoever holds, loses or ends may be heard of again weeks later; what is reserved comes back by it alone. */
    @Test
    void aCallIsRememberedAsLongAsTheLastOfItsBudgets() {
        Account month =
                new Account("m", "2026-11-01 UTC", Instant.parse("2026-12-01T00:00:00Z"), 100, ACCOUNT.config());
        one.hold("x", ACCOUNT, 60, month, 60);
        assertThat(remains("r:x")).isEqualTo(remains("b:" + month.key())).isGreaterThan(Duration.ofDays(6));
        now = now.plusSeconds(61);
        two.sweep();
        assertThat(two.standing(month)).isEqualTo(new Ledger.Standing(60, 0));
        assertThat(remains("r:x")).isEqualTo(remains("b:" + month.key()));
        one.settle("x", ACCOUNT, 7, month, 7);
        assertThat(two.standing(month)).isEqualTo(new Ledger.Standing(7, 0));
        assertThat(remains("r:x")).isEqualTo(remains("b:" + month.key()));
    }

    @Test
    void anEndThatIsNotToldAgainIsForgottenSoon() {
        AtomicLong nanos = new AtomicLong();
        Books books = new Books(ignored -> {}, nanos::get);
        RedisMember quick = new RedisMember(CONNECTION, "quick", () -> now, books, RedisMember.PACE).beat();
        quick.hold("x", ACCOUNT, 60);
        quick.settle("x", ACCOUNT, 7);
        quick.beat();
        assertThat(remains("r:x")).isGreaterThan(Duration.ofDays(1));
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        quick.beat();
        assertThat(remains("r:x")).isZero();
        assertThat(quick.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
    }

    @Test
    void anEndThatRedisDidNotAnswerToForgetIsForgottenAtTheNextBeat() {
        AtomicLong nanos = new AtomicLong();
        Books books = new Books(ignored -> {}, nanos::get);
        RedisMember quick = new RedisMember(CONNECTION, "quick", () -> now, books, RedisMember.PACE).beat();
        quick.hold("x", ACCOUNT, 60);
        quick.settle("x", ACCOUNT, 7);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(books.settled()).containsExactly("x");
        quick.beat();
        assertThat(remains("r:x")).isZero();
        assertThat(books.settled()).isEmpty();
    }

    /** To the hour, since time goes on. */
    private static Duration remains(String key) {
        return Duration.ofHours(Math.round(REDIS.run(it -> it.pttl("penstock:{budgets}:1:" + key)) / 3_600_000.0));
    }

    @Test
    void aRedisThatLostItsDataIsClosedUntilAllHaveToldIt() {
        one.beat();
        two.beat();
        one.hold("x", ACCOUNT, 30);
        one.settle("x", ACCOUNT, 30);
        two.hold("y", ACCOUNT, 40);
        flush();
        assertThat(one.hold("z", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        one.beat();
        assertThat(one.hold("z", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        two.beat();
        assertThat(one.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(30, 40));
        assertThat(one.hold("z", ACCOUNT, 31)).isInstanceOf(Denied.class);
        assertThat(one.hold("z", ACCOUNT, 30)).isEqualTo(new Held());
        two.settle("y", ACCOUNT, 5);
        assertThat(one.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(35, 30));
    }

    /** It knows of nobody, and nobody has asked Redis for anything since. */
    @Test
    void aNewInstanceFindsNoRedisInWhichNothingIsSpentWhereOthersHaveSpent() {
        one.hold("x", ACCOUNT, 60);
        one.settle("x", ACCOUNT, 60);
        flush();
        Pace usual = new Pace(
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
        Disposable beats = one.beat.run();
        try {
            RedisMember three = new RedisMember(
                            CONNECTION, "three", () -> now, new Books(ignored -> {}), usual, () -> List.of(ACCOUNT))
                    .beat();
            assertThat(three.hold("y", ACCOUNT, 60)).isEqualTo(new Denied(ACCOUNT, 60, 0, 60));
        } finally {
            beats.dispose();
        }
    }

    /** Which has looked at the Redis that lost its data, and not told it anything yet. */
    @Test
    void aNewInstanceWaitsForAnotherThatItFindsWhereNothingIsKnown() {
        one.hold("x", ACCOUNT, 60);
        one.settle("x", ACCOUNT, 60);
        flush();
        one.money.sweep(RedisMember.PACE.silent(), 1).join();
        RedisMember three = RedisMember.of(CONNECTION, "three", () -> now).beat();
        assertThat(three.hold("y", ACCOUNT, 60)).isInstanceOf(Unknown.class);
        one.beat();
        assertThat(three.hold("y", ACCOUNT, 60)).isEqualTo(new Denied(ACCOUNT, 60, 0, 60));
    }

    @Test
    void anInstanceWithoutBudgetsBeginsNothingForTheOthers() {
        flush();
        RedisMember none = new RedisMember(
                        CONNECTION, "none", () -> now, new Books(ignored -> {}), RedisMember.PACE, List::of)
                .beat();
        long epochs = REDIS.run(it -> it.exists("penstock:{budgets}:1:epoch"));
        assertThat(epochs).isZero();
        assertThat(none.shared.presence().isDegraded()).isFalse();
        assertThat(none.shared.epoch().doubted()).isFalse();
        RedisMember three = RedisMember.of(CONNECTION, "three", () -> now).beat();
        none.beat();
        assertThat(none.shared.epoch().id())
                .isNotEmpty()
                .isEqualTo(three.shared.epoch().id());
        assertThat(three.hold("y", ACCOUNT, 60)).isEqualTo(new Held());
    }

    /** Its budgets come by a change of routes.yml; nobody else tells Redis anything until then. */
    @Test
    void anInstanceThatBeginsWaitsForNobodyWhoDiedLongBefore() {
        flush();
        List<Account> watched = new ArrayList<>();
        RedisMember none = new RedisMember(
                CONNECTION, "none", () -> now, new Books(ignored -> {}), RedisMember.PACE, () -> watched);
        new RedisMember(CONNECTION, "dead", () -> now, new Books(ignored -> {}), RedisMember.PACE, List::of).beat();
        none.beat();
        now = now.plus(RedisMember.PACE.silent()).plusSeconds(1);
        none.beat();
        watched.add(ACCOUNT);
        none.beat();
        assertThat(none.hold("x", ACCOUNT, 60)).isEqualTo(new Held());
    }

    @Test
    void anInstanceThatBeginsWaitsForThoseWhoLivedAtItsLastLook() {
        flush();
        List<Account> watched = new ArrayList<>();
        RedisMember none = new RedisMember(
                CONNECTION, "none", () -> now, new Books(ignored -> {}), RedisMember.PACE, () -> watched);
        new RedisMember(CONNECTION, "dead", () -> now, new Books(ignored -> {}), RedisMember.PACE, List::of).beat();
        none.beat();
        flush();
        watched.add(ACCOUNT);
        none.beat();
        assertThat(none.hold("x", ACCOUNT, 60)).isInstanceOf(Unknown.class);
    }

    /** A Redis that came back with old data counts from there, and must not be told sums of before an end that it takes. */
    @Test
    void anEndThatComesWhileRedisIsDoubtedIsToldWhenItWasLookedAt() {
        one.hold("x", ACCOUNT, 60);
        one.shared.epoch().doubt();
        one.settle("x", ACCOUNT, 7);
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 60));
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
    }

    @Test
    void whileAnInstanceTellsARedisThatLostItsDataItTellsNoEnds() {
        List<Boolean> away = new ArrayList<>();
        AtomicReference<Shared> shared = new AtomicReference<>();
        Books books = new Books(paid -> away.add(shared.get().isAway()));
        RedisMember three = new RedisMember(CONNECTION, "three", () -> now, books, RedisMember.PACE).beat();
        shared.set(three.shared);
        books.owe("x", List.of(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 11)));
        flush();
        three.beat();
        assertThat(away).containsExactly(true);
        assertThat(three.shared.isAway()).isFalse();
    }

    @Test
    void anInstanceThatIsStoppedWhileItTellsTellsEndsAfterwards() {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Books books = new Books(paid -> stop.complete(null));
        RedisMember three = new RedisMember(CONNECTION, "three", () -> now, books, RedisMember.PACE).beat();
        books.owe("x", List.of(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 11)));
        flush();
        three.beat.once().takeUntilOther(Mono.fromFuture(stop, true)).toFuture().join();
        assertThat(three.shared.epoch().isTelling()).isFalse();
    }

    /** Another run may have lost what came last, and not all: calls need not wait until it has been told. */
    @Test
    void whileAnInstanceTellsAnotherRunOfTheSameRedisItHoldsAndTellsNoEnds() {
        List<Boolean> away = new ArrayList<>();
        List<Long> trips = new ArrayList<>();
        AtomicReference<RedisMember> member = new AtomicReference<>();
        Books books = new Books(paid -> {
            if (paid.equals("x")) {
                away.add(member.get().shared.isAway());
                long before = member.get().money.trips();
                member.get().ledger.settle("y", claims(ACCOUNT, 7)).subscribe();
                trips.add(member.get().money.trips() - before);
            }
        });
        RedisMember three = new RedisMember(CONNECTION, "three", () -> now, books, RedisMember.PACE).beat();
        member.set(three);
        three.hold("y", ACCOUNT, 60);
        books.owe("x", List.of(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 11)));
        REDIS.run(it -> it.replicaof("127.0.0.1", 1));
        REDIS.run(it -> it.replicaofNoOne());
        three.beat();
        assertThat(away).containsExactly(false);
        assertThat(trips).containsExactly(0L);
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
        three.hold("z", ACCOUNT, 10);
        three.settle("z", ACCOUNT, 3);
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(10, 0));
    }

    @Test
    void whatIsConfirmedWhileAnInstanceTellsARedisWhatItKnowsIsAmongIt() {
        Mono<Void> told = new Telling(one.shared).all(one.shared.epoch().id());
        one.hold("x", ACCOUNT, 60);
        one.settle("x", ACCOUNT, 7);
        REDIS.run(it -> it.del("penstock:{budgets}:1:b:" + ACCOUNT.key()));
        told.block();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(7, 0));
    }

    /** Many wait to be told, and their calls go on. */
    @Test
    void whatIsHeldWhileAnInstanceTellsARedisWhatItKnowsIsNotLoweredByIt() {
        one.hold("x", ACCOUNT, 60);
        Mono<Void> told = new Telling(one.shared)
                .holds(one.shared.epoch().id(), one.books.held().keySet());
        one.hold("x", ACCOUNT, 80);
        told.block();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(0, 80));
    }

    @Test
    void aHoldThatNobodyAnswersIsGivenBackOnlyIfItsCallIsNotLetGo() {
        try (RedisConnection nowhere = new RealRedis().connection()) {
            RedisMember lonely = RedisMember.of(nowhere, "lonely", () -> now);
            List<Books.Ending> meanwhile = new ArrayList<>();
            lonely.ledger
                    .hold("x", claims(ACCOUNT, 60))
                    .doOnNext(unknown -> {
                        meanwhile.addAll(lonely.books.endings());
                        lonely.ledger.let("x", claims(ACCOUNT, 60));
                    })
                    .block();
            assertThat(meanwhile).isEmpty();
            assertThat(lonely.books.endings()).isEmpty();
            assertThat(lonely.books.untold()).containsOnlyKeys("x");
            lonely.shared.presence().answered();
            lonely.ledger.hold("y", claims(ACCOUNT, 60)).block();
            until(() -> lonely.books.endings().size() == 1);
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within ten seconds").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aDeadInstanceKeepsARedisWithoutDataClosedForTenSeconds() {
        one.beat();
        two.beat();
        flush();
        one.beat();
        now = now.plusSeconds(9);
        one.beat();
        assertThat(one.hold("z", ACCOUNT, 10)).isInstanceOf(Unknown.class);
        now = now.plusSeconds(2);
        assertThat(one.hold("z", ACCOUNT, 10)).isEqualTo(new Held());
    }

    @Test
    void anInstanceThatWasAwayTellsWhatItSpentLater() {
        one.hold("x", ACCOUNT, 30);
        one.settle("x", ACCOUNT, 30);
        flush();
        two.beat();
        now = now.plusSeconds(11);
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(30, 0));
    }

    @Test
    void aCallThatIsLetGoIsChargedOnce() {
        one.ledger.let("x", claims(ACCOUNT, 60));
        one.settle("x", ACCOUNT, 25);
        one.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(25, 0));
        flush();
        one.beat();
        two.beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(25, 0));
    }

    @Test
    void whatARestartedInstanceOwedIsSettledLate() {
        one.hold("x", ACCOUNT, 60);
        one.hold("y", ACCOUNT, 20);
        List<String> confirmed = new ArrayList<>();
        Books again = new Books(confirmed::add);
        Posting charge = new Posting(ACCOUNT.key(), ACCOUNT.ends(), 11);
        again.owe("x", List.of(charge));
        again.begin(List.of(charge));
        new RedisMember(CONNECTION, "one", () -> now, again, RedisMember.PACE).beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(11, 20));
        assertThat(confirmed).containsExactly("x");
    }

    @Test
    void whatWasOwedIsNotChargedAgainWhenRedisHasForgottenItsEnd() {
        one.hold("x", ACCOUNT, 60);
        one.settle("x", ACCOUNT, 11);
        REDIS.run(it -> it.del("penstock:{budgets}:1:r:x"));
        Posting charge = new Posting(ACCOUNT.key(), ACCOUNT.ends(), 11);
        Books again = new Books(ignored -> {});
        again.owe("x", List.of(charge));
        again.begin(List.of(charge));
        new RedisMember(CONNECTION, "one", () -> now, again, RedisMember.PACE).beat();
        assertThat(two.standing(ACCOUNT)).isEqualTo(new Ledger.Standing(11, 0));
    }

    @Test
    void whatARestartedInstanceSpentIsKnownToARedisThatLostIt() {
        Books again = new Books(ignored -> {});
        again.begin(List.of(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 40)));
        flush();
        RedisMember restarted = new RedisMember(CONNECTION, "one", () -> now, again, RedisMember.PACE).beat();
        assertThat(restarted.hold("x", ACCOUNT, 1)).isInstanceOf(Unknown.class);
        now = now.plusSeconds(11);
        assertThat(restarted.hold("x", ACCOUNT, 61)).isEqualTo(new Denied(ACCOUNT, 40, 0, 61));
    }

    @Test
    void whatEndedTwoDaysAgoByRedisClockIsForgotten() {
        Books books = new Books(ignored -> {});
        books.begin(List.of(new Posting(ACCOUNT.key(), ACCOUNT.ends(), 40)));
        now = ACCOUNT.ends().plus(Duration.ofHours(48)).minusSeconds(60);
        RedisMember member = new RedisMember(CONNECTION, "one", () -> now, books, RedisMember.PACE).beat();
        assertThat(books.spent()).hasSize(1);
        now = now.plusSeconds(61);
        member.beat();
        assertThat(books.spent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void oneWindowIsOpenAtATimeByRedisClock(int skew) {
        now = ACCOUNT.ends().minusSeconds(skew / 30);
        Account wrong = day(ACCOUNT, now.plusSeconds(skew));
        Account right = day(ACCOUNT, now);
        assertThat(wrong.window()).isNotEqualTo(right.window());
        assertThat(one.hold("x", wrong, 10)).isEqualTo(new Moved(now));
        assertThat(one.shared.clock().instant()).isBetween(now, now.plusSeconds(10));
        assertThat(one.hold("x", right, 10)).isEqualTo(new Held());
        assertThat(two.standing(wrong)).isEqualTo(new Ledger.Standing(0, 0));
        assertThat(two.standing(right)).isEqualTo(new Ledger.Standing(0, 10));
    }

    /** The account of the day that {@code at} is in. */
    private static Account day(Account account, Instant at) {
        ZoneId zone = account.config().zone();
        LocalDate date = LocalDate.ofInstant(at, zone);
        return new Account(
                account.name(),
                date + " " + zone,
                date.plusDays(1).atStartOfDay(zone).toInstant(),
                account.limit(),
                account.config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-03-28", "2027-10-31"})
    void aDayOfTheOtherLengthIsOneWindow(String date) {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        BudgetConfig berlin = new BudgetConfig(
                Money.parse("0.0000001"),
                Money.NONE,
                zone,
                List.of(),
                BudgetConfig.OnInsufficient.REJECT,
                BudgetConfig.Lost.CHARGE_RESERVED,
                16);
        Instant begin = LocalDate.parse(date).atStartOfDay(zone).toInstant();
        Account day = Account.of("all", berlin, begin).findFirst().orElseThrow();
        assertThat(day.begins()).isEqualTo(begin);
        assertThat(Duration.between(day.begins(), day.ends()).toHours()).isIn(23L, 25L);
        now = begin.minusMillis(1);
        assertThat(one.hold("before", day, 1)).isInstanceOf(Moved.class);
        now = begin;
        assertThat(one.hold("first", day, 50)).isEqualTo(new Held());
        now = day.ends().minusMillis(1);
        assertThat(one.hold("last", day, 51)).isInstanceOf(Denied.class);
        assertThat(one.hold("last", day, 50)).isEqualTo(new Held());
        now = day.ends();
        assertThat(one.hold("after", day, 1)).isInstanceOf(Moved.class);
    }

    @Test
    void scriptsThatRedisForgotAreToldAgain() {
        REDIS.run(it -> it.scriptFlush());
        assertThat(one.hold("x", ACCOUNT, 60)).isEqualTo(new Held());
    }

    @Test
    void threeInstancesAtOnceSpendNoMoreThanThereIs() throws Exception {
        List<RedisConnection> ways = List.of(REDIS.connection(), REDIS.connection(), REDIS.connection());
        List<RedisMember> members = new ArrayList<>();
        ways.forEach(way ->
                members.add(RedisMember.of(way, "m" + members.size(), () -> now).beat()));
        Account large = account("large", 10_000);
        AtomicBoolean running = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try {
            Future<Long> most = threads.submit(() -> {
                long seen = 0;
                while (running.get()) {
                    Ledger.Standing sample = two.standing(large);
                    seen = Math.max(seen, sample.spent() + sample.held());
                }
                return seen;
            });
            List<Future<Long>> spent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int thread = i;
                spent.add(threads.submit(() -> spend(members.get(thread % 3), "t" + thread + "-", large)));
            }
            long sum = 0;
            for (Future<Long> each : spent) {
                sum += each.get();
            }
            running.set(false);
            assertThat(most.get()).isBetween(9_000L, large.limit());
            assertThat(two.standing(large)).isEqualTo(new Ledger.Standing(sum, 0));
        } finally {
            running.set(false);
            threads.shutdown();
            ways.forEach(RedisConnection::close);
        }
    }

    private static long spend(RedisMember member, String prefix, Account account) {
        Random random = new Random(prefix.hashCode());
        long spent = 0;
        for (int i = 0; i < 500; i++) {
            long most = 1 + random.nextInt(60);
            if (member.hold(prefix + i, account, most) instanceof Held) {
                long cost = random.nextLong(most + 1);
                member.settle(prefix + i, account, cost);
                spent += cost;
            }
        }
        return spent;
    }

    @Test
    void aMarkIsToldByOneOfAll() {
        Duration day = Duration.ofDays(1);
        assertThat(one.money.first(ACCOUNT, 50, day).join()).isTrue();
        assertThat(two.money.first(ACCOUNT, 50, day).join()).isFalse();
        assertThat(two.money.first(ACCOUNT, 80, day).join()).isTrue();
    }
}
