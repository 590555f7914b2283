package dev.penstock.surface.content;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.ParseStep;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Surface;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of a content route. Which fields there may be is the kind's to say, so RenderPrompt checks all of them but
 * {@code model} and {@code stream}.
 */
public final class ParseContentGatewayFilterFactory
        extends LlmGatewayFilterFactory<ParseContentGatewayFilterFactory.Config> implements ParseStep {

    /** Nothing to configure per route. */
    public record Config() {}

    private final Function<Settings, Json> reader;
    private final Surface surface;

    /** {@code reader} gives the strict reader with the configured depth. */
    public ParseContentGatewayFilterFactory(Function<Settings, Json> reader, Surface surface) {
        super(Step.PARSE, Config.class);
        this.reader = reader;
        this.surface = surface;
    }

    @Override
    public Surface surface() {
        return surface;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> {
            exchange.put(Fact.ASKED, asked(exchange, body(exchange)));
            return rest.of(exchange);
        };
    }

    private static Asked asked(LlmExchange exchange, ObjectNode body) {
        JsonNode model = body.path("model");
        if (!model.isMissingNode() && !model.isString()) {
            throw GatewayException.invalid("model", "is not a text", "string");
        }
        JsonNode stream = body.path("stream");
        if (!stream.isMissingNode() && !stream.isBoolean()) {
            throw GatewayException.invalid("stream", "is neither true nor false", "boolean");
        }
        boolean streams = stream.isMissingNode() ? accepts(exchange) : stream.booleanValue();
        return Asked.content(Json.string(body, "model"), body, streams);
    }

    /** The parser's own message is not passed on: it quotes the body. */
    private ObjectNode body(LlmExchange exchange) {
        try {
            if (reader.apply(exchange.settings()).read(exchange.get(Fact.BODY)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException broken) {
            throw GatewayException.invalid(
                    "body", "cannot be read" + place(broken), "one JSON object, no key twice, not too deep");
        }
        throw GatewayException.invalid("body", "is not an object", "one JSON object");
    }

    private static String place(JacksonException broken) {
        return broken.getLocation() == null
                ? ""
                : " at line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr();
    }

    /** A caller that takes both gets a stream only when its body says so. */
    private static boolean accepts(LlmExchange exchange) {
        List<MediaType> accepted = accepted(exchange);
        boolean stream = accepted.stream().anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
        boolean json = accepted.stream().anyMatch(type -> type.includes(MediaType.APPLICATION_JSON));
        return stream && !json;
    }

    private static List<MediaType> accepted(LlmExchange exchange) {
        try {
            return exchange.request().getHeaders().getAccept();
        } catch (InvalidMediaTypeException unreadable) {
            return List.of();
        }
    }
}
