package dev.penstock.surface;

import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.FirstStep;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmRoute;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Begins the exchange, and writes the answer, the stream or the failure in the caller's dialect. */
final class WriteAnswer implements FirstStep {

    private final RequestIds ids;
    private final AnswerHeaders headers;
    private final StreamWriter streams;
    private final ErrorRenderer errors;
    private final Clock clock;

    WriteAnswer(RequestIds ids, AnswerHeaders headers, StreamWriter streams, ErrorRenderer errors, Clock clock) {
        this.ids = ids;
        this.headers = headers;
        this.streams = streams;
        this.errors = errors;
        this.clock = clock;
    }

    @Override
    public LlmExchange open(ServerWebExchange web) {
        LlmRoute route = LlmRoute.of(web);
        return LlmExchange.open(web, new LlmExchange.Opening(route, ids.of(web.getRequest()), clock.instant()));
    }

    @Override
    public Mono<Void> write(LlmExchange exchange, Answer answer) {
        ServerHttpResponse response = exchange.web().getResponse();
        response.setStatusCode(HttpStatus.OK);
        headers.write(exchange, answer instanceof Answer.Streamed, response.getHeaders());
        return answer instanceof Answer.Streamed stream
                ? streams.write(exchange, stream)
                : whole(response, (Answer.Whole) answer);
    }

    private static Mono<Void> whole(ServerHttpResponse response, Answer.Whole answer) {
        byte[] verbatim = answer.bytes();
        byte[] body = verbatim != null ? verbatim : Json.LENIENT_DEPTH.write(answer.body());
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    @Override
    public Mono<Void> fail(LlmExchange exchange, Throwable failure) {
        headers.write(exchange, false, exchange.web().getResponse().getHeaders());
        return errors.write(exchange.web(), exchange.surface(), failure, exchange.id());
    }
}
