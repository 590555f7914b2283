package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.testing.Exchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests for {@link Between}, by way of {@link Over#watch}. */
class BetweenTests {

    private final LlmExchange exchange =
            Exchanges.of(MockServerHttpRequest.post("/").build());
    private final List<String> told = new ArrayList<>();

    private Mono<Answer> watched(String name, Mono<Answer> rest) {
        return Over.watch(
                rest,
                answer -> told.add(name + " begun"),
                over -> told.add(name + " " + over.how().name().toLowerCase(Locale.ROOT)));
    }

    private static Mono<Answer> whole() {
        return Mono.just(new Answer.Whole(Json.object()));
    }

    @Test
    void whoeverIsInsideIsToldFirst() {
        watched("outer", watched("inner", whole())).block();
        assertThat(told).containsExactly("inner begun", "inner complete", "outer begun", "outer complete");
    }

    @Test
    void eachSubscriptionIsToldItsEnd() {
        Mono<Answer> watched = watched("it", whole());
        watched.block();
        watched.block();
        assertThat(told).containsExactly("it begun", "it complete", "it begun", "it complete");
    }

    /** To those inside of it their answer was cancelled, to those outside it failed. */
    @Test
    void whatOneBreaksAtTheBeginningIsAFailureToThoseOutside() {
        IllegalStateException broken = new IllegalStateException("broken");
        Answer.Streamed stream = Answer.Streamed.of(Flux.never(), () -> told.add("released"));
        Mono<Answer> breaking = Over.watch(
                watched("inner", Mono.just(stream)),
                answer -> {
                    throw broken;
                },
                over -> told.add("breaking " + over.how().name().toLowerCase(Locale.ROOT)));
        StepVerifier.create(watched("outer", breaking))
                .verifyErrorSatisfies(failure -> assertThat(failure).isSameAs(broken));
        assertThat(told).containsExactly("inner begun", "inner cancelled", "breaking failed", "outer failed");
    }

    @Test
    void aCancelReachesTheSourceBeforeThoseWhoWatch() {
        Sinks.One<Answer> never = Sinks.one();
        Mono<Answer> source = never.asMono().doOnCancel(() -> told.add("source"));
        Disposable running = watched("outer", watched("inner", source)).subscribe();
        running.dispose();
        assertThat(told).containsExactly("source", "inner cancelled", "outer cancelled");
    }

    @Test
    void noAnswerIsAFailureThatNamesTheInnermostStep() {
        StepFilter first = new StepFilter(Step.TELEMETRY, (it, rest) -> watched("first", rest.of(it)));
        StepFilter last = new StepFilter(Step.AUDIT, (it, rest) -> Mono.empty());
        StepVerifier.create(StepFilter.join(List.of(first, last), Set.of())
                        .get(0)
                        .filter(exchange.web(), web -> Mono.empty()))
                .verifyErrorSatisfies(failure -> assertThat(failure).hasMessage("Audit gave no answer"));
        assertThat(told).containsExactly("first failed");
    }

    /** A child's answer is its own: the parent has the one that its step makes of it. */
    @Test
    void theAnswerOfAChildIsRememberedByBothWhereAStepHandsItOn() {
        List<LlmExchange> asked = new ArrayList<>();
        StepFilter again = new StepFilter(Step.FIT_SCHEMA, (it, rest) -> rest.of(it.again(it.get(Fact.ASKED))));
        StepFilter last = new StepFilter(Step.CALL_UPSTREAM, (it, rest) -> {
            asked.add(it);
            return whole();
        });
        exchange.put(Fact.ASKED, Asked.content("", Json.object(), false));
        StepVerifier.create(StepFilter.join(List.of(again, last), Set.of())
                        .get(0)
                        .filter(exchange.web(), web -> Mono.empty()))
                .verifyComplete();
        assertThat(asked).hasSize(1).doesNotContain(exchange);
        assertThat(exchange.answer()).isPresent().isEqualTo(asked.get(0).answer());
    }

    @Test
    void whatAStepMakesOfTheAnswerIsWhatIsRememberedAndHandedOn() {
        Answer.Whole other = new Answer.Whole(Json.object().put("changed", true));
        List<Answer> handedOn = new ArrayList<>();
        StepFilter outer = new StepFilter(
                Step.TELEMETRY, (it, rest) -> Over.watch(rest.of(it), handedOn::add, over -> told.add("outer")));
        StepFilter changing = new StepFilter(
                Step.AUDIT, (it, rest) -> Over.change(rest.of(it), answer -> other, over -> told.add("changing")));
        StepFilter last = new StepFilter(Step.CALL_UPSTREAM, (it, rest) -> whole());
        StepVerifier.create(StepFilter.join(List.of(outer, changing, last), Set.of())
                        .get(0)
                        .filter(exchange.web(), web -> Mono.empty()))
                .verifyComplete();
        assertThat(handedOn).containsExactly(other);
        assertThat(exchange.answer()).contains(other);
        assertThat(told).containsExactly("changing", "outer");
    }
}
