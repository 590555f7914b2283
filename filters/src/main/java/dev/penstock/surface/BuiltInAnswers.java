package dev.penstock.surface;

import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answers of endpoints that are no steps, with the headers that every surface has. */
public final class BuiltInAnswers {

    private final RequestIds ids;
    private final ErrorRenderer errors;

    BuiltInAnswers(RequestIds ids, ErrorRenderer errors) {
        this.ids = ids;
        this.errors = errors;
    }

    public Mono<Void> write(ServerWebExchange web, Settings settings, ObjectNode body) {
        byte[] bytes = Json.LENIENT_DEPTH.write(body);
        web.getResponse().setStatusCode(HttpStatus.OK);
        HttpHeaders headers = web.getResponse().getHeaders();
        headers.set(RequestIds.HEADER, ids.of(web.getRequest()));
        headers.set(AnswerHeaders.CONFIG, settings.hash());
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setContentLength(bytes.length);
        return web.getResponse()
                .writeWith(Mono.just(web.getResponse().bufferFactory().wrap(bytes)));
    }

    public Mono<Void> fail(ServerWebExchange web, Throwable failure) {
        return errors.render(web, failure);
    }
}
