package dev.penstock.surface.chat;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.core.UpstreamError;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Failures in OpenAI's shape. The words of a provider are told only where they are the caller's to read. */
final class ChatErrors {

    private ChatErrors() {}

    static ObjectNode write(GatewayException failure) {
        Told told = failure.told();
        ObjectNode root = Json.object();
        ObjectNode error = root.putObject("error");
        error.put("message", message(failure, told.upstream()));
        error.put("type", type(failure, told.upstream()));
        error.put("param", param(told));
        error.put("code", code(failure, told.upstream()));
        new TreeMap<>(told.fields())
                .forEach((name, value) ->
                        error.set(name, Json.LENIENT_DEPTH.mapper().valueToTree(value)));
        if (!told.attempts().isEmpty()) {
            ArrayNode attempts = error.putArray("attempts");
            told.attempts().forEach(attempt -> attempt(attempt, attempts.addObject()));
        }
        return root;
    }

    private static String message(GatewayException failure, @Nullable UpstreamError upstream) {
        String told = upstream == null ? failure.told().message() : upstream.message();
        return told == null || told.isBlank() ? failure.code().message() : told;
    }

    private static String type(GatewayException failure, @Nullable UpstreamError upstream) {
        if (upstream != null && !upstream.type().isEmpty()) {
            return upstream.type();
        }
        return switch (failure.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> failure.status() < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static @Nullable String param(Told told) {
        UpstreamError upstream = told.upstream();
        return upstream == null || upstream.param() == null ? told.param() : upstream.param();
    }

    private static String code(GatewayException failure, @Nullable UpstreamError upstream) {
        String theirs = upstream == null ? null : upstream.code();
        return theirs == null ? failure.code().wire() : theirs;
    }

    private static void attempt(Told.AttemptView attempt, ObjectNode node) {
        node.put("provider", attempt.provider())
                .put("model", attempt.model())
                .put("status", attempt.status())
                .put("reason", attempt.reason())
                .put("ms", attempt.ms());
    }
}
