package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Settings;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.surface.content.ContentSurface;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Content requests for tests of single steps, and the kinds that are shipped. */
final class Contents {

    static final Kinds SHIPPED = new Kinds(Path.of(System.getProperty("penstock.root"), "prompts"));

    private static final Instant BEGAN = Instant.parse("2020-01-01T00:00:00Z");

    private Contents() {}

    /** A parsed request of this kind. */
    static LlmExchange asking(String kind, String body, String... headers) {
        LlmExchange exchange = exchange(kind, headers);
        ObjectNode tree = object(body);
        exchange.put(Fact.ASKED, Asked.content(Json.string(tree, "model"), tree, false));
        return exchange;
    }

    static LlmExchange exchange(String kind, String... headers) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/v1/content/" + kind);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        MockServerWebExchange web = MockServerWebExchange.from(request.build());
        ServerWebExchangeUtils.putUriTemplateVariables(web, Map.of("kind", kind));
        Settings settings = new Settings("0123456789ab", Map.of());
        LlmRoute route = new LlmRoute(settings, new ContentSurface(null), "");
        return LlmExchange.open(web, new LlmExchange.Opening(route, "request-1", BEGAN));
    }

    /** The rest of the chain: a model that writes this text. */
    static Rest answering(String text) {
        return exchange -> Mono.fromSupplier(() -> {
            Attempt attempt = new Attempt("acme", "writer", BEGAN);
            exchange.trail().served(attempt);
            attempt.used(Usage.reported(11, 7));
            ObjectNode body = Json.object();
            body.putArray("choices").addObject().putObject("message").put("content", text);
            return new Answer.Whole(body);
        });
    }

    /** Both steps around a model that writes this text; the answer's body. */
    static ObjectNode answer(LlmExchange exchange, String text) {
        LlmFilter render =
                new RenderPromptGatewayFilterFactory(SHIPPED).create(new RenderPromptGatewayFilterFactory.Config());
        LlmFilter fit = new FitSchemaGatewayFilterFactory(SHIPPED).create(new FitSchemaGatewayFilterFactory.Config());
        Answer answer =
                render.filter(exchange, it -> fit.filter(it, answering(text))).block();
        return ((Answer.Whole) answer).body();
    }

    static ObjectNode object(String text) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(text.replace('\'', '"'));
    }
}
