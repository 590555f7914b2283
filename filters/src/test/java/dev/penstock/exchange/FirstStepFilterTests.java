package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchanges;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests for {@link FirstStepFilter}. */
class FirstStepFilterTests {

    private static final IOException GONE = new IOException("the caller has gone");

    private final LlmExchange exchange =
            Exchanges.of(MockServerHttpRequest.post("/").build());
    private final ServerWebExchange web = exchange.web();
    private boolean told;

    /** Fails while it writes, before or after the headers went. */
    private Mono<Void> run(boolean begun) {
        exchange.answered(new Answer.Whole(Json.object()));
        FirstStep step = new FirstStep() {

            @Override
            public LlmExchange open(ServerWebExchange web) {
                return exchange;
            }

            @Override
            public Mono<Void> write(LlmExchange exchange, Answer answer) {
                Mono<Void> headers = begun ? web.getResponse().setComplete() : Mono.empty();
                return headers.then(Mono.error(GONE));
            }

            @Override
            public Mono<Void> fail(LlmExchange exchange, Throwable failure) {
                told = failure == GONE;
                return Mono.empty();
            }
        };
        return new FirstStepFilter(step).filter(web, ignored -> Mono.empty());
    }

    @Test
    void aFailureBeforeTheAnswerHasBegunIsWritten() {
        run(false).block();
        assertThat(told).isTrue();
    }

    @Test
    void aFailureAfterItIsPassedOnAsItIs() {
        assertThatThrownBy(() -> run(true).block()).hasRootCause(GONE);
        assertThat(told).isFalse();
    }

    private static FirstStep of(LlmExchange exchange, Mono<Void> writing) {
        return new FirstStep() {

            @Override
            public LlmExchange open(ServerWebExchange web) {
                return exchange;
            }

            @Override
            public Mono<Void> write(LlmExchange exchange, Answer answer) {
                return writing;
            }

            @Override
            public Mono<Void> fail(LlmExchange exchange, Throwable failure) {
                return Mono.error(failure);
            }
        };
    }

    @Test
    void aCallerThatLeavesWhileStepsRunClosesTheAnswerThatComesAfterAll() {
        Sinks.Empty<Void> steps = Sinks.empty();
        AtomicBoolean released = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        FirstStepFilter filter = new FirstStepFilter(of(exchange, Mono.never()));
        Disposable running = filter.filter(web, ignored -> steps.asMono().doOnCancel(() -> cancelled.set(true)))
                .subscribe();
        running.dispose();
        exchange.answered(Answer.Streamed.of(Flux.never(), () -> released.set(true)));
        assertThat(cancelled).isTrue();
        assertThat(released).isTrue();
    }

    @Test
    void aCallerThatLeavesWhileTheAnswerIsWrittenCancelsTheWriting() {
        exchange.answered(new Answer.Whole(Json.object()));
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<Void> writing = Mono.<Void>never().doOnCancel(() -> cancelled.set(true));
        new FirstStepFilter(of(exchange, writing))
                .filter(web, ignored -> Mono.empty())
                .subscribe()
                .dispose();
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatIsDoneAfterwardsIsDoneOnceWhenAllIsWritten() {
        exchange.answered(new Answer.Whole(Json.object()));
        AtomicInteger done = new AtomicInteger();
        exchange.afterwards(done::incrementAndGet);
        new FirstStepFilter(of(exchange, Mono.empty()))
                .filter(web, ignored -> Mono.empty())
                .block();
        assertThat(done).hasValue(1);
    }

    @Test
    void noAnswerIsAFailure() {
        assertThatThrownBy(() -> new FirstStepFilter(of(exchange, Mono.empty()))
                        .filter(web, ignored -> Mono.empty())
                        .block())
                .hasMessage("no step gave an answer");
    }
}
