package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Asked;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.pricing.Prices;
import dev.penstock.testing.Exchanges;
import dev.penstock.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Spending}. */
class SpendingTests {

    private static final BudgetConfig CONFIG = new BudgetConfig(
            Money.parse("1"),
            Money.NONE,
            ZoneOffset.UTC,
            List.of(),
            BudgetConfig.OnInsufficient.REJECT,
            BudgetConfig.Lost.CHARGE_RESERVED,
            16);
    private static final Account OWN = LedgerContract.account("service:shop:daily", 1_000_000_000);
    private static final BudgetSettings OF_PROVIDER = new BudgetSettings(
            Map.of(), Map.of(), Map.of(), Map.of("openai", CONFIG), Optional.empty(), Map.of(), WhenUnknown.CLOSED);

    private final VirtualClock clock = new VirtualClock("2026-11-25T23:59:59Z");
    private final EmbeddedLedger ledger = new EmbeddedLedger(clock, charged -> {});
    private final LlmExchange exchange = exchange();

    @Test
    void aHoldThatIsAnsweredAfterTheEndIsGivenBack() {
        Sinks.One<Decision> answer = Sinks.one();
        Spending spending = spending(new Slow(ledger, answer));
        spending.before(attempt(), exchange.get(Fact.PROMPTED)).subscribe().dispose();
        spending.settle();
        assertThat(ledger.standing(OWN).held()).isPositive();
        answer.tryEmitValue(new Decision.Held()).orThrow();
        assertThat(ledger.standing(OWN)).isEqualTo(new Ledger.Standing(0, 0));
    }

    @Test
    void nothingStaysHeldWhenAttemptAndEndRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < 500; race++) {
                Spending spending = spending(ledger);
                Attempt attempt = attempt();
                CountDownLatch together = new CountDownLatch(2);
                List<Future<?>> both = new ArrayList<>();
                both.add(threads.submit(() -> {
                    meet(together);
                    spending.before(attempt, exchange.get(Fact.PROMPTED)).block();
                }));
                both.add(threads.submit(() -> {
                    meet(together);
                    spending.settle();
                }));
                for (Future<?> each : both) {
                    each.get();
                }
                assertThat(ledger.standing(OWN)).isEqualTo(new Ledger.Standing(0, 0));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aProvidersDayThatEndsBetweenAttemptsIsChargedOnce() {
        Spending spending = new Spending(exchange, OF_PROVIDER, List.of(), ledger, clock);
        Attempt first = attempt();
        spending.before(first, exchange.get(Fact.PROMPTED)).block();
        first.leaves();
        first.costs(new Cost(700, "test"));
        clock.at("2026-11-26T00:00:01Z");
        Attempt second = attempt();
        spending.before(second, exchange.get(Fact.PROMPTED)).block();
        second.leaves();
        second.costs(new Cost(500, "test"));
        spending.settle();
        Account today =
                Accounts.ofProvider("openai", OF_PROVIDER, clock.instant()).get(0);
        Account yesterday = Accounts.ofProvider(
                        "openai", OF_PROVIDER, clock.instant().minusSeconds(60))
                .get(0);
        assertThat(ledger.standing(yesterday)).isEqualTo(new Ledger.Standing(1200, 0));
        assertThat(ledger.standing(today)).isEqualTo(new Ledger.Standing(0, 0));
    }

    @Test
    void aWindowThatIsNotTheLedgersIsMoved() {
        Instant there = Instant.parse("2026-11-26T00:02:00Z");
        Ledger ahead = new Told(
                ledger,
                claims -> claims.stream()
                                .allMatch(it -> there.isBefore(it.account().ends()))
                        ? null
                        : new Decision.Moved(there));
        Spending spending = new Spending(exchange, OF_PROVIDER, List.of(), ahead, clock);
        Attempt attempt = attempt();
        spending.before(attempt, exchange.get(Fact.PROMPTED)).block();
        attempt.leaves();
        attempt.costs(new Cost(700, "test"));
        spending.settle();
        Account theirs = Accounts.ofProvider("openai", OF_PROVIDER, there).get(0);
        assertThat(ledger.standing(theirs)).isEqualTo(new Ledger.Standing(700, 0));
    }

    @Test
    void whileNobodyCanSayNothingIsSent() {
        Ledger away = new Told(ledger, claims -> new Decision.Unknown(Duration.ofSeconds(3)));
        Spending spending = spending(away);
        assertThatThrownBy(() ->
                        spending.before(attempt(), exchange.get(Fact.PROMPTED)).block())
                .isInstanceOfSatisfying(GatewayException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.BUDGET_UNAVAILABLE);
                    assertThat(failure.told().retryAfter()).isEqualTo(Duration.ofSeconds(3));
                });
        assertThat(spending.settle()).isEmpty();
    }

    /** A ledger that says something else first. */
    private record Told(Ledger ledger, Function<List<Claim>, @Nullable Decision> first) implements Ledger {

        @Override
        public Mono<Decision> hold(String id, List<Claim> claims) {
            Decision said = first.apply(claims);
            return said == null ? ledger.hold(id, claims) : Mono.just(said);
        }

        @Override
        public Mono<Void> settle(String id, List<Claim> charges) {
            return ledger.settle(id, charges);
        }

        @Override
        public Standing standing(Account account) {
            return ledger.standing(account);
        }
    }

    @Test
    void whatWasChargedBeyondTheHoldIsTold() {
        Spending spending = spending(ledger);
        Attempt attempt = attempt();
        spending.before(attempt, exchange.get(Fact.PROMPTED)).block();
        long held = ledger.standing(OWN).held();
        attempt.leaves();
        attempt.costs(new Cost(held + 11, "test"));
        assertThat(spending.settle()).contains(new Claim(OWN, 11));
        assertThat(ledger.standing(OWN)).isEqualTo(new Ledger.Standing(held + 11, 0));
    }

    /** What it holds is its own, whatever others have spent beyond theirs. */
    @Test
    void aDearerAttemptIsCappedAtWhatTheCallHoldsWhereNoMoreIsLeft() {
        Account tight = clamping();
        Spending spending = new Spending(exchange, OF_PROVIDER, List.of(tight), ledger, clock);
        spending.before(attempt(), exchange.get(Fact.PROMPTED)).block();
        long held = ledger.standing(tight).held();
        ledger.hold("other", List.of(new Claim(tight, 1))).block();
        ledger.settle("other", List.of(new Claim(tight, tight.limit()))).block();
        Attempt dearer = new Attempt("openai", "gpt-4.1", Exchanges.BEGAN);
        exchange.trail().add(dearer);
        spending.before(dearer, exchange.get(Fact.PROMPTED)).block();
        assertThat(dearer.cap()).isBetween(1, 99);
        assertThat(ledger.standing(tight).held()).isPositive().isLessThanOrEqualTo(held);
    }

    /** A ledger that has lost what the call holds there denies by what it knows. */
    @Test
    void anAttemptIsCappedAtWhatIsLeftWhereTheLedgerKnowsLessThanTheCallHolds() {
        Account tight = clamping();
        AtomicReference<@Nullable Long> left = new AtomicReference<>();
        Ledger forgetful = new Told(ledger, claims -> {
            Long said = left.getAndSet(null);
            return said == null
                    ? null
                    : new Decision.Denied(tight, said, 0, claims.get(0).amount());
        });
        Spending spending = new Spending(exchange, OF_PROVIDER, List.of(tight), forgetful, clock);
        spending.before(attempt(), exchange.get(Fact.PROMPTED)).block();
        long held = ledger.standing(tight).held();
        left.set(tight.limit() - held / 2);
        Attempt again = attempt();
        spending.before(again, exchange.get(Fact.PROMPTED)).block();
        assertThat(again.cap()).isBetween(1, 99);
        assertThat(ledger.standing(tight).held()).isPositive().isLessThanOrEqualTo(held / 2);
    }

    private static Account clamping() {
        BudgetConfig clamping = new BudgetConfig(
                Money.parse("1"),
                Money.NONE,
                ZoneOffset.UTC,
                List.of(),
                BudgetConfig.OnInsufficient.CLAMP_OUTPUT,
                BudgetConfig.Lost.CHARGE_RESERVED,
                1);
        return new Account("service:shop:daily", OWN.window(), OWN.ends(), OWN.limit(), clamping);
    }

    /** Of a model whose introductory price ended on 2026-09-01. */
    @Test
    void aPriceThatRisesWhileACallMayRunIsHeld() {
        long before = heldAt("2026-08-31T22:59:59Z", "anthropic", "claude-sonnet-5");
        long after = heldAt("2026-09-01T00:00:00Z", "anthropic", "claude-sonnet-5");
        assertThat(before).isLessThan(after);
        assertThat(heldAt("2026-08-31T23:59:59Z", "anthropic", "claude-sonnet-5"))
                .isEqualTo(after);
    }

    /** Of a model that is cheaper from 16:30 on. */
    @Test
    void aPriceThatFallsWhileACallMayRunIsHeldAsItIs() {
        long day = heldAt("2026-11-25T12:00:00Z", "deepseek", "deepseek-reasoner");
        long evening = heldAt("2026-11-25T17:00:00Z", "deepseek", "deepseek-reasoner");
        assertThat(evening).isLessThan(day);
        assertThat(heldAt("2026-11-25T16:00:00Z", "deepseek", "deepseek-reasoner"))
                .isEqualTo(day);
    }

    private long heldAt(String time, String provider, String model) {
        clock.at(time);
        Spending spending = spending(ledger);
        spending.before(new Attempt(provider, model, Exchanges.BEGAN), exchange.get(Fact.PROMPTED))
                .block();
        long held = ledger.standing(OWN).held();
        spending.settle();
        return held;
    }

    private Spending spending(Ledger ledger) {
        return new Spending(exchange, OF_PROVIDER, List.of(OWN), ledger, clock);
    }

    private Attempt attempt() {
        Attempt attempt = new Attempt("openai", "gpt-4.1-mini", Exchanges.BEGAN);
        exchange.trail().add(attempt);
        return attempt;
    }

    private static LlmExchange exchange() {
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/v1").build(), Prices.builtin());
        ObjectNode body = Json.object().put("model", "default").put("max_tokens", 100);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
        exchange.put(Fact.ASKED, Asked.in("openai", "default", body, Set.of(), false, read -> {
            throw new IllegalStateException("not translated");
        }));
        return exchange;
    }

    private static void meet(CountDownLatch together) {
        together.countDown();
        try {
            together.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Holds at once and answers when it is told to. */
    private record Slow(Ledger ledger, Sinks.One<Decision> answer) implements Ledger {

        @Override
        public Mono<Decision> hold(String id, List<Claim> claims) {
            return ledger.hold(id, claims).then(answer.asMono());
        }

        @Override
        public Mono<Void> settle(String id, List<Claim> charges) {
            return ledger.settle(id, charges);
        }

        @Override
        public Standing standing(Account account) {
            return ledger.standing(account);
        }
    }
}
