package dev.penstock.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Allowance;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.PassedOver;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Taking;
import dev.penstock.limit.bucket.Taking.Taken;
import dev.penstock.limit.bucket.WhenAway;
import dev.penstock.testing.Exchanges;
import dev.penstock.testing.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link RateLimitGatewayFilterFactory}. */
class RateLimitGatewayFilterFactoryTests {

    private static final Answer WHOLE = new Answer.Whole(Json.object());
    private static final Rest ANSWERS = exchange -> Mono.just(WHOLE);
    private static final Caller CALLER = new Caller("shop", "web", "main", List.of("*"));

    private final VirtualClock clock = new VirtualClock("2026-03-01T12:00:20Z");
    private final EmbeddedLimits limits = new EmbeddedLimits(clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LlmFilter filter = new RateLimitGatewayFilterFactory(limits, new Refusals(meters))
            .create(new RateLimitGatewayFilterFactory.Config());

    private static LimitConfig requests(By by, long number) {
        return new LimitConfig(
                Optional.ofNullable(by),
                Optional.of(number),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)),
                false);
    }

    private static LimitConfig tokens(By by, long number) {
        return new LimitConfig(
                Optional.ofNullable(by),
                Optional.empty(),
                Optional.of(number),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(1)),
                false);
    }

    private static LimitConfig concurrent(By by, long number) {
        return new LimitConfig(
                Optional.ofNullable(by),
                Optional.empty(),
                Optional.empty(),
                Optional.of(number),
                Optional.empty(),
                false);
    }

    private static LimitSettings ofService(LimitConfig... limits) {
        return new LimitSettings(Map.of("shop", List.of(limits)), Map.of(), Map.of(), WhenAway.LOCAL_SHARE);
    }

    private static LlmExchange exchange(LimitSettings settings, Caller caller) {
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/v1").build(), settings);
        exchange.put(Fact.CALLER, caller);
        ObjectNode body = Json.object().put("model", "default").put("max_tokens", 100);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
        exchange.put(Fact.ASKED, Asked.in("openai", "default", body, Set.of(), false, read -> {
            throw new IllegalStateException("not translated");
        }));
        return exchange;
    }

    private Mono<Answer> ask(LimitSettings settings, Caller caller, Rest rest) {
        return Mono.defer(() -> filter.filter(exchange(settings, caller), rest));
    }

    private Mono<Answer> ask(LimitSettings settings) {
        return ask(settings, CALLER, ANSWERS);
    }

    private static GatewayException failure(Mono<?> asked) {
        try {
            asked.block();
        } catch (GatewayException refused) {
            return refused;
        }
        throw new AssertionError("it was not refused");
    }

    private static Attempt attempt(LlmExchange exchange, String provider) {
        Attempt attempt = new Attempt(provider, "m1", Exchanges.BEGAN);
        exchange.trail().add(attempt);
        return attempt;
    }

    private static void ended(LlmExchange exchange, Attempt attempt, Reason reason) {
        attempt.ended(new Attempt.End(reason, 0, Duration.ZERO, null));
        exchange.gates().left(attempt);
    }

    /** A rest of one attempt, which answers with this usage. */
    private static Rest using(long tokens) {
        return exchange -> {
            Attempt attempt = attempt(exchange, "first");
            return exchange.gates().before(attempt, exchange.get(Fact.PROMPTED)).then(Mono.fromSupplier(() -> {
                attempt.leaves();
                exchange.trail().served(attempt);
                attempt.used(Usage.reported(tokens - 1, 1));
                ended(exchange, attempt, Reason.OK);
                return WHOLE;
            }));
        };
    }

    private List<Level> levels(LimitSettings settings) {
        return new LimitView(limits).of(CALLER, Exchanges.settings(settings)).block();
    }

    private long remaining(LimitSettings settings) {
        return levels(settings).get(0).remaining();
    }

    @Test
    void aCallerWithoutLimitsIsNotTouched() {
        LlmExchange exchange = exchange(new LimitSettings(Map.of(), Map.of(), Map.of(), WhenAway.LOCAL_SHARE), CALLER);
        StepVerifier.create(filter.filter(exchange, ANSWERS)).expectNext(WHOLE).verifyComplete();
        assertThat(exchange.gates().open()).isTrue();
        assertThat(exchange.trail().allowances()).isEmpty();
    }

    @Test
    void aFullLimitIsToldByRuleAndTime() {
        LimitSettings settings = ofService(requests(null, 1));
        ask(settings).block();
        GatewayException refused = failure(ask(settings, CALLER, exchange -> Mono.error(new AssertionError("asked"))));
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_EXCEEDED);
        assertThat(refused.told())
                .isEqualTo(
                        Told.of("services.shop allows 1 requests per 1m by service, and 0 are left; see Retry-After.")
                                .after(Duration.ofSeconds(40))
                                .with("scope", "services.shop")
                                .with("by", "service")
                                .with("measure", "requests")
                                .with("limit", 1L)
                                .with("remaining", 0L)
                                .with("per", "1m"));
        assertThat(meters.counter("penstock.limit.refused", "service", "shop", "outcome", "requests")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theRecordLearnsWhatRefused() {
        LimitSettings settings = ofService(concurrent(By.KEY, 1));
        ask(settings, CALLER, exchange -> Mono.never()).subscribe();
        LlmExchange exchange = exchange(settings, CALLER);
        failure(filter.filter(exchange, ANSWERS));
        assertThat(exchange.trail().decisions().get(Step.RATE_LIMIT).toString())
                .isEqualTo("{\"refused\":\"1 concurrent\",\"scope\":\"services.shop\",\"by\":\"key\","
                        + "\"subject\":\"shop/main\",\"remaining\":0}");
    }

    @Test
    void everySubjectHasItsOwnCount() {
        LimitSettings settings = ofService(requests(By.KEY, 1));
        ask(settings).block();
        ask(settings, new Caller("shop", "web", "other", List.of()), ANSWERS).block();
        failure(ask(settings));
    }

    @Test
    void countsOutliveAConfigurationThatKeepsTheLimit() {
        ask(ofService(requests(null, 1))).block();
        LimitSettings reloaded = ofService(requests(By.SERVICE, 1), concurrent(null, 5));
        failure(ask(reloaded));
        ask(ofService(requests(null, 2))).block();
    }

    @Test
    void servicesThatDeclareALimitByTeamShareIt() {
        LimitSettings settings = new LimitSettings(
                Map.of("shop", List.of(requests(By.TEAM, 1)), "other", List.of(requests(By.TEAM, 1))),
                Map.of(),
                Map.of(),
                WhenAway.LOCAL_SHARE);
        ask(settings).block();
        failure(ask(settings, new Caller("other", "web", "main", List.of()), ANSWERS));
        ask(settings, new Caller("other", "mobile", "main", List.of()), ANSWERS).block();
    }

    @Test
    void servicesOfATeamShareItsLimits() {
        LimitSettings settings =
                new LimitSettings(Map.of(), Map.of("web", List.of(requests(null, 1))), Map.of(), WhenAway.LOCAL_SHARE);
        ask(settings).block();
        failure(ask(settings, new Caller("other", "web", "main", List.of()), ANSWERS));
        ask(settings, new Caller("other", "", "main", List.of()), ANSWERS).block();
    }

    @Test
    void whatIsUnderWayIsGivenBackOnceHoweverItEnds() {
        LimitSettings settings = ofService(concurrent(null, 2));
        ask(settings).block();
        assertThat(remaining(settings)).isEqualTo(2);
        failure(ask(settings, CALLER, exchange -> Mono.error(new GatewayException(ErrorCode.INTERNAL, Told.NOTHING))));
        assertThat(remaining(settings)).isEqualTo(2);
        StepVerifier.create(ask(settings, CALLER, exchange -> Mono.never()))
                .expectSubscription()
                .then(() -> assertThat(remaining(settings)).isEqualTo(1))
                .thenCancel()
                .verify();
        assertThat(remaining(settings)).isEqualTo(2);
    }

    @Test
    void aStreamIsUnderWayToItsEnd() {
        LimitSettings settings = ofService(concurrent(null, 1));
        Answer.Streamed stream = (Answer.Streamed) ask(
                        settings, CALLER, exchange -> Mono.just(Answer.Streamed.of(Flux.never(), () -> {})))
                .block();
        failure(ask(settings));
        stream.chunks().subscribe().dispose();
        assertThat(remaining(settings)).isEqualTo(1);
        ask(settings).block();
    }

    @Test
    void aCancelledTakeIsGivenBack() {
        LimitSettings settings = ofService(concurrent(null, 1));
        TestPublisher<Answer> rest = TestPublisher.create();
        ask(settings, CALLER, exchange -> rest.mono()).subscribe().dispose();
        rest.assertCancelled();
        assertThat(remaining(settings)).isEqualTo(1);
    }

    @Test
    void tokensAreTakenAsEstimatedAndSettledAsUsed() {
        LimitSettings settings = ofService(tokens(null, 1000));
        ask(settings, CALLER, exchange -> {
                    assertThat(remaining(settings)).isBetween(850L, 899L);
                    return using(30).of(exchange);
                })
                .block();
        assertThat(remaining(settings)).isEqualTo(970);
        ask(settings, CALLER, using(2000)).block();
        assertThat(remaining(settings)).isZero();
        assertThat(failure(ask(settings)).told().comeBack()).contains(Duration.ofSeconds(100));
    }

    @Test
    void aRequestLargerThanTheLimitPassesWhenNothingElseHas() {
        LimitSettings settings = ofService(tokens(null, 50));
        ask(settings, CALLER, using(20)).block();
        failure(ask(settings, CALLER, using(20)));
        clock.forward(Duration.ofSeconds(40));
        ask(settings, CALLER, using(20)).block();
    }

    @Test
    void theTightestLimitIsTold() {
        LimitSettings settings = new LimitSettings(
                Map.of("shop", List.of(requests(null, 10), requests(By.KEY, 3), tokens(null, 1000))),
                Map.of("web", List.of(requests(null, 5))),
                Map.of(),
                WhenAway.LOCAL_SHARE);
        LlmExchange exchange = exchange(settings, CALLER);
        filter.filter(exchange, using(30)).block();
        assertThat(exchange.trail().allowances())
                .containsExactlyInAnyOrder(
                        new Allowance(Allowance.Kind.REQUESTS, 3, 2, Duration.ofSeconds(40)),
                        new Allowance(Allowance.Kind.TOKENS, 1000, 970, Duration.ofSeconds(40)));
    }

    @Test
    void aProvidersLimitPassesTheAttemptOverAndIsNotTheCallersToSee() {
        LimitSettings settings = new LimitSettings(
                Map.of(), Map.of(), Map.of("first", List.of(requests(null, 1))), WhenAway.LOCAL_SHARE);
        LlmExchange one = exchange(settings, CALLER);
        filter.filter(one, using(5)).block();
        assertThat(one.trail().allowances()).isEmpty();
        LlmExchange two = exchange(settings, CALLER);
        StepVerifier.create(filter.filter(two, using(5)))
                .expectErrorSatisfies(failure -> {
                    PassedOver over = (PassedOver) failure;
                    assertThat(over.reason()).isEqualTo(Reason.LIMITED);
                    assertThat(over.comeBack()).isEqualTo(Duration.ofSeconds(40));
                    assertThat(over.told().code()).isEqualTo(ErrorCode.RATE_EXCEEDED);
                })
                .verify();
        LlmExchange three = exchange(settings, CALLER);
        StepVerifier.create(filter.filter(
                        three,
                        it -> it.gates()
                                .before(attempt(it, "second"), it.get(Fact.PROMPTED))
                                .thenReturn(WHOLE)))
                .expectNext(WHOLE)
                .verifyComplete();
    }

    /** A repair's prompt holds the first answer too. */
    @Test
    void anAttemptTakesWhatItsOwnPromptWeighs() {
        LimitSettings settings = ofService(tokens(By.MODEL, 100_000));
        LlmExchange exchange = exchange(settings, CALLER);
        filter.filter(exchange, it -> {
                    ObjectNode longer = Json.object().put("model", "default").put("max_tokens", 100);
                    longer.putArray("messages").addObject().put("role", "user").put("content", "x".repeat(40_000));
                    Asked second = Asked.in("openai", "default", longer, Set.of(), false, read -> {
                        throw new IllegalStateException("not translated");
                    });
                    LlmExchange child = it.again(second);
                    child.gates().before(attempt(child, "first"), second).block();
                    assertThat(levels(settings).get(0).remaining()).isLessThan(90_000);
                    return Mono.just(WHOLE);
                })
                .block();
    }

    @Test
    void withoutAStoreThatFailsClosedNothingIsSentToAnyCandidate() {
        GatewayException unavailable =
                new GatewayException(ErrorCode.LIMIT_UNAVAILABLE, Told.NOTHING.after(Duration.ofSeconds(1)));
        LlmFilter closed = new RateLimitGatewayFilterFactory(failing(unavailable), new Refusals(null))
                .create(new RateLimitGatewayFilterFactory.Config());
        LimitSettings ofService = ofService(requests(null, 1));
        assertThat(failure(closed.filter(exchange(ofService, CALLER), ANSWERS))).isSameAs(unavailable);
        LimitSettings ofProvider =
                new LimitSettings(Map.of(), Map.of(), Map.of("first", List.of(requests(null, 1))), WhenAway.CLOSED);
        assertThat(failure(closed.filter(exchange(ofProvider, CALLER), using(1))))
                .isSameAs(unavailable);
    }

    private static Limits failing(GatewayException failure) {
        return new Limits() {
            @Override
            public Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder) {
                return Mono.error(failure);
            }

            @Override
            public Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used) {
                return Mono.error(failure);
            }

            @Override
            public Mono<List<Level>> look(List<Claim> claims) {
                return Mono.error(failure);
            }

            @Override
            public Mono<List<Level>> subjects(Rule rule) {
                return Mono.error(failure);
            }
        };
    }

    @Test
    void everyAttemptCountsForTheModelThatRuns() {
        LimitSettings settings = ofService(requests(By.MODEL, 2), concurrent(By.PROVIDER, 1));
        LlmExchange exchange = exchange(settings, CALLER);
        filter.filter(exchange, it -> {
                    Attempt first = attempt(it, "first");
                    it.gates().before(first, it.get(Fact.PROMPTED)).block();
                    first.leaves();
                    ended(it, first, Reason.UNAVAILABLE);
                    Attempt again = attempt(it, "first");
                    it.gates().before(again, it.get(Fact.PROMPTED)).block();
                    ended(it, again, Reason.OVER_BUDGET);
                    return using(5).of(it);
                })
                .block();
        assertThat(levels(settings)).extracting(Level::subject).containsExactly("first/m1", "");
        assertThat(levels(settings)).extracting(Level::remaining).containsExactly(0L, 1L);
        assertThat(exchange.trail().allowances())
                .containsExactly(new Allowance(Allowance.Kind.REQUESTS, 2, 0, Duration.ofSeconds(40)));
    }

    @Test
    void aRequestThatALimitRefusesFurtherOnWasNotAdmitted() {
        LimitSettings settings = ofService(requests(null, 5), requests(By.MODEL, 1));
        ask(settings, CALLER, using(5)).block();
        assertThat(remaining(settings)).isEqualTo(4);
        failure(ask(
                settings, CALLER, exchange -> using(5).of(exchange).onErrorMap(PassedOver.class, PassedOver::told)));
        assertThat(remaining(settings)).isEqualTo(4);
    }

    @Test
    void theViewShowsEveryRule() {
        LimitSettings settings = new LimitSettings(
                Map.of("shop", List.of(requests(null, 5), tokens(By.ROUTE, 1000))),
                Map.of(),
                Map.of("first", List.of(concurrent(null, 3))),
                WhenAway.LOCAL_SHARE);
        ask(settings, CALLER, using(5)).block();
        Settings all = Exchanges.settings(settings);
        assertThat(new LimitView(limits).all(all).block())
                .extracting(level -> level.rule().owner() + " " + level.rule().words() + " " + level.subject() + " "
                        + level.remaining())
                .containsExactlyInAnyOrder(
                        "services.shop 5 requests per 1m shop 4",
                        "services.shop 1000 tokens per 1m  995",
                        "providers.first 3 concurrent  3");
    }
}
