package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Error answers, with all four keys present and {@code param} and {@code code} nullable (PROVIDERS 2.5). */
enum Refused {
    INVALID(400, "invalid_request_error", null, "The mock was told to refuse this request."),
    NO_MESSAGES(400, "invalid_request_error", "empty_array", "'messages' is empty (expected: at least one message)."),
    KEY(401, "invalid_request_error", "invalid_api_key", "The mock was told to refuse the key."),
    RATE(429, "requests", "rate_limit_exceeded", "The mock was told to be rate limited; try again in 1 s."),
    BROKEN(500, "server_error", null, "The mock was told to fail."),
    OVERLOADED(503, "server_error", null, "The mock was told to be overloaded.");

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final String message;

    Refused(int status, String type, @Nullable String code, String message) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.message = message;
    }

    List<Move> moves() {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", this == NO_MESSAGES ? "messages" : null)
                .put("code", code);
        Move.Head head = new Move.Head(
                status, this == RATE ? Map.of("content-type", "application/json", "retry-after", "1") : JSON);
        return List.of(head, new Move.Bytes(Json.LENIENT_DEPTH.write(body)), new Move.End());
    }
}
