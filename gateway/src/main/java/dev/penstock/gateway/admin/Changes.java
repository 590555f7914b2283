package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Makes changes of state: recorded first, then made, then answered. */
final class Changes {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final AdminLog log;

    Changes(AdminLog log) {
        this.log = log;
    }

    /** @param details what the record says beside the action; ids, names and words only */
    Mono<ObjectNode> make(
            ServerRequest request, String action, ObjectNode details, Supplier<CompletableFuture<ObjectNode>> change) {
        return log.changes(request, action, details)
                .then(Mono.defer(() -> Mono.fromFuture(change)))
                .onErrorMap(Changes::unavailable);
    }

    static Mono<ServerResponse> created(ObjectNode body) {
        return Answers.with(HttpStatus.CREATED, body);
    }

    private static Throwable unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof GatewayException) {
            return cause;
        }
        Told told = Told.of("The store does not answer: look whether it was changed, and see Retry-After.")
                .after(SOON);
        return new GatewayException(ErrorCode.OVERLOADED, told, String.valueOf(cause));
    }
}
