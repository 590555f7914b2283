package dev.penstock.exchange;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The step that stands between Spring and all others: begins the exchange, and writes how it ended. */
public interface FirstStep {

    LlmExchange open(ServerWebExchange web);

    /** Writes the answer, to its end. */
    Mono<Void> write(LlmExchange exchange, Answer answer);

    /** Writes a failure; nothing has been written before. */
    Mono<Void> fail(LlmExchange exchange, Throwable failure);
}
