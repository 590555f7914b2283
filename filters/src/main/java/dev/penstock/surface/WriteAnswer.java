package dev.penstock.surface;

import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.FirstStep;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmRoute;
import io.netty.util.AsciiString;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Begins the exchange, and writes the answer, the stream or the failure in the caller's dialect. */
final class WriteAnswer implements FirstStep {

    private static final AsciiString CONTENT_TYPE = AsciiString.cached(HttpHeaders.CONTENT_TYPE);
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached(HttpHeaders.CONTENT_LENGTH);

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
        HeaderSink sink = HeaderSink.of(response);
        headers.write(exchange, answer instanceof Answer.Streamed, sink);
        return answer instanceof Answer.Streamed stream
                ? streams.write(exchange, stream)
                : whole(response, sink, (Answer.Whole) answer);
    }

    private static Mono<Void> whole(ServerHttpResponse response, HeaderSink headers, Answer.Whole answer) {
        byte[] verbatim = answer.bytes();
        byte[] body = verbatim != null ? verbatim : Json.LENIENT_DEPTH.write(answer.body());
        headers.set(CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        headers.set(CONTENT_LENGTH, Integer.toString(body.length));
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    @Override
    public Mono<Void> fail(LlmExchange exchange, Throwable failure) {
        headers.write(exchange, false, HeaderSink.of(exchange.web().getResponse()));
        return errors.write(exchange.web(), exchange.surface(), failure, exchange.id());
    }
}
