package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchanges;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

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
}
