package dev.penstock.gateway.admin;

import dev.penstock.core.Json;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Writes trees as answers. */
final class Answers {

    private Answers() {}

    static Mono<ServerResponse> ok(JsonNode body) {
        return with(HttpStatus.OK, body);
    }

    static Mono<ServerResponse> with(HttpStatus status, JsonNode body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.LENIENT_DEPTH.write(body));
    }

    /** For answers that read the disk: made on a thread that may wait. */
    static Mono<ServerResponse> read(Callable<JsonNode> body) {
        return Mono.fromCallable(body).subscribeOn(Schedulers.boundedElastic()).flatMap(Answers::ok);
    }
}
