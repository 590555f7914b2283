package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.prompt.PromptView;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /admin/prompts/render?kind=…}: what a content request would send. */
public final class PromptEndpoints {

    private final PromptView prompts;

    PromptEndpoints(PromptView prompts) {
        this.prompts = prompts;
    }

    void add(AdminRoutes routes) {
        routes.post("/admin/prompts/render", Right.OPERATE, this::render);
    }

    private Mono<ServerResponse> render(ServerRequest request) {
        String kind = new Query(request).word("kind");
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Answers.read(() -> prompts.rendered(kind, object(body))));
    }

    /** The input of a content request, read strictly. */
    public static ObjectNode object(byte[] body) {
        try {
            if (Json.LENIENT_DEPTH.read(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException broken) {
            throw GatewayException.invalid("body", "cannot be read", "one JSON object, no key twice");
        }
        throw GatewayException.invalid("body", "is not an object", "one JSON object");
    }
}
