package dev.penstock.testing;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Chunk;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Surface;
import dev.penstock.exchange.Texts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Exchanges for tests of single steps: a request in memory, the sections that the step reads, a surface of no words. */
public final class Exchanges {

    public static final Instant BEGAN = Instant.parse("2020-01-01T00:00:00Z");

    private Exchanges() {}

    /** {@code sections} are found by their class. */
    public static LlmExchange of(MockServerHttpRequest request, Object... sections) {
        MockServerWebExchange web = MockServerWebExchange.from(request);
        LlmRoute route = new LlmRoute(settings(sections), new Silent(), "");
        return LlmExchange.open(web, new LlmExchange.Opening(route, "request-1", BEGAN));
    }

    public static Settings settings(Object... sections) {
        Map<Class<?>, Object> found = new HashMap<>();
        for (Object section : sections) {
            found.put(section.getClass(), section);
        }
        return new Settings("0123456789ab", found);
    }

    private record Silent() implements Surface {

        @Override
        public String name() {
            return "chat";
        }

        @Override
        public ObjectNode whole(ChatAnswer answer, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DeltaWriter writer(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean wantsUsage(Asked asked) {
            return true;
        }

        @Override
        public boolean shows(Chunk chunk, Asked asked) {
            return true;
        }

        @Override
        public Optional<Chunk> report(ObjectNode report, Chunk last) {
            return Optional.empty();
        }

        @Override
        public String endMarker() {
            return "";
        }

        @Override
        public ObjectNode error(GatewayException failure, String requestId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String errorMediaType() {
            return "application/json";
        }

        @Override
        public String errorEvent() {
            return "";
        }

        @Override
        public Texts texts() {
            return new Plain();
        }
    }

    /** The content of messages, and the member {@code text} of answers. */
    private record Plain() implements Texts {

        @Override
        public void asked(ObjectNode body, TextVisitor visitor) {
            for (JsonNode message : body.path("messages")) {
                TextKind kind = Json.string(message, "role").equals("system") ? TextKind.SYSTEM : TextKind.MESSAGE;
                visitor.text(kind, "content", Json.string(message, "content"));
            }
        }

        @Override
        public void answered(ObjectNode body, TextVisitor visitor) {
            visitor.text(TextKind.MESSAGE, "text", Json.string(body, "text"));
        }

        @Override
        public String lastAsked(ObjectNode body) {
            return "";
        }

        @Override
        public List<String> documents(ObjectNode answer) {
            return List.of();
        }

        @Override
        public boolean isWhole(Chunk event) {
            return false;
        }

        @Override
        public void pieces(JsonNode event, PieceVisitor visitor) {}

        @Override
        public boolean isEmpty(JsonNode event) {
            return false;
        }

        @Override
        public Chunk piece(JsonNode like, Channel channel, String text) {
            throw new UnsupportedOperationException();
        }
    }
}
