package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Candidate;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gate;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.PassedOver;
import dev.penstock.testing.Exchanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests for {@link Attempting}, by way of {@link Failover}: whatever happens to an attempt, all that it took is given back once. */
class AttemptingTests {

    private final List<String> left = new ArrayList<>();

    @TempDir
    Path data;

    private KeyRoom room;
    private Provider provider;
    private LlmExchange exchange;

    @BeforeEach
    void serve() {
        room = new KeyRoom(data);
        room.good.add("upk-1");
        provider = room.serveKey("main", "upk-1");
        exchange =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build(), room.settings());
        exchange.put(Fact.CLEARED, Asked.in("openai", "m", Json.object().put("model", "m"), Set.of(), false, body -> {
            throw new IllegalStateException();
        }));
        exchange.put(Fact.CANDIDATES, List.of(new Candidate("first", "one"), new Candidate("first", "two")));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Mono<Answer> answer(Mono<Void> beforeOne, Mono<Void> leavingOne) {
        exchange.gates().add(new Gate() {

            @Override
            public Mono<Void> before(Attempt attempt, Asked asked) {
                return attempt.model().equals("one") ? beforeOne : Mono.empty();
            }

            @Override
            public Mono<Void> leaving(Attempt attempt, byte[] body) {
                return attempt.model().equals("one") ? leavingOne : Mono.empty();
            }

            @Override
            public void left(Attempt attempt) {
                left.add(attempt.model());
            }
        });
        Failover failover = new Failover(room.providers, new Call(room.time), room.time, RandomGenerator.getDefault());
        return Mono.defer(() -> failover.answer(exchange));
    }

    private List<Reason> ends() {
        return exchange.trail().attempts().stream()
                .map(attempt -> attempt.end().orElseThrow().reason())
                .toList();
    }

    private void assertAllIsGivenBack() {
        assertThat(provider.permits().taken()).isZero();
        assertThat(provider.keys().standings().get(0).inFlight()).isZero();
    }

    @Test
    void anAnswerIsTheEndOfItsAttempt() {
        StepVerifier.create(answer(Mono.empty(), Mono.empty()))
                .expectNextMatches(Answer.Whole.class::isInstance)
                .verifyComplete();
        assertThat(ends()).containsExactly(Reason.OK);
        assertThat(left).containsExactly("one");
        assertAllIsGivenBack();
    }

    @Test
    void whatAGatePassesOverIsTriedAtTheNextCandidate() {
        PassedOver over = new PassedOver(
                Reason.LIMITED, Duration.ofSeconds(1), new GatewayException(ErrorCode.RATE_EXCEEDED, Told.NOTHING));
        StepVerifier.create(answer(Mono.error(over), Mono.empty()))
                .expectNextMatches(Answer.Whole.class::isInstance)
                .verifyComplete();
        assertThat(ends()).containsExactly(Reason.LIMITED, Reason.OK);
        assertThat(left).containsExactly("one", "two");
        assertAllIsGivenBack();
    }

    @Test
    void whatAGateThrowsIsTheEndOfTheRequest() {
        IllegalStateException broken = new IllegalStateException("broken");
        StepVerifier.create(answer(Mono.empty(), Mono.error(broken)))
                .verifyErrorSatisfies(failure -> assertThat(failure).isSameAs(broken));
        assertThat(left).containsExactly("one");
        assertAllIsGivenBack();
    }

    @Test
    void aCallerWhoLeavesBeforeAGateHasOpenedTakesTheAttemptAlong() {
        Sinks.Empty<Void> gate = Sinks.empty();
        answer(gate.asMono(), Mono.empty()).subscribe().dispose();
        gate.tryEmitEmpty();
        assertThat(ends()).containsExactly(Reason.CANCELLED);
        assertThat(left).containsExactly("one");
        assertThat(room.calls()).isEmpty();
        assertAllIsGivenBack();
    }

    @Test
    void aCallerWhoLeavesWhileTheProviderThinksTakesTheAttemptAlong() {
        answer(Mono.empty(), Mono.empty()).subscribe().dispose();
        assertThat(ends()).containsExactly(Reason.CANCELLED);
        assertThat(left).containsExactly("one");
        assertAllIsGivenBack();
    }

    /** Asks the gates of one attempt, whose caller leaves within one of them; what they were asked for is in {@link #left}. */
    private void leavesWithin(Consumer<Runnable> before, Consumer<Runnable> leaving) {
        BaseSubscriber<Answer> caller = new BaseSubscriber<>() {};
        exchange.gates().add(new Gate() {

            @Override
            public Mono<Void> before(Attempt attempt, Asked asked) {
                before.accept(caller::cancel);
                return Mono.empty();
            }

            @Override
            public Mono<Void> leaving(Attempt attempt, byte[] body) {
                leaving.accept(caller::cancel);
                return Mono.create(sink -> {
                    left.add("intent");
                    sink.success();
                });
            }
        });
        answer(Mono.empty(), Mono.empty()).subscribe(caller);
    }

    @Test
    void aCallerWhoLeavesWhileTheAttemptIsMadeReadyLeavesNoIntentBehind() {
        leavesWithin(Runnable::run, cancel -> {});
        assertThat(left).containsExactly("one");
        assertThat(ends()).containsExactly(Reason.CANCELLED);
        assertAllIsGivenBack();
    }

    @Test
    void norDoesOneWhoLeavesWhileTheIntentIsWritten() {
        leavesWithin(cancel -> {}, Runnable::run);
        assertThat(left).containsExactly("one");
        assertThat(room.calls()).isEmpty();
        assertAllIsGivenBack();
    }
}
