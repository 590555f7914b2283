package dev.penstock.surface.messages;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.ErrorShape;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's shape of an error (PROVIDERS 4.7); {@code code} is Penstock's word. */
public final class MessagesErrors implements ErrorShape {

    @Override
    public ObjectNode error(GatewayException failure, String requestId) {
        String told = failure.told().message();
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error")
                .put("type", type(failure.status()))
                .put("message", told == null || told.isBlank() ? failure.code().message() : told)
                .put("code", failure.code().wire());
        return body.put("request_id", requestId);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    @Override
    public String errorMediaType() {
        return "application/json";
    }
}
