package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import dev.penstock.core.UpstreamError;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.provider.RetryAfter;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads error answers and error events (PROVIDERS 4.7, 13.6). */
final class AnthropicErrors {

    /** Only these may say when to come back: the header stands on some successful answers too (PROVIDERS 1.2). */

    /** An account without money says so with 400. A message that begins with a field's path speaks of the caller's words. */
    private static final Pattern NO_MONEY = Pattern.compile(
            "(?is)^(?!\\w+(\\.\\w+)*: ).*(\\bcredits?\\b|\\bbilling\\b|\\bspend(ing)? limit|\\busage limits?\\b).*");

    private static final Map<String, Kind> KINDS = Map.of(
            "invalid_request_error", Kind.CALLER,
            "request_too_large", Kind.CALLER,
            "not_found_error", Kind.NOT_FOUND,
            "authentication_error", Kind.CREDENTIAL,
            "billing_error", Kind.CREDENTIAL,
            "permission_error", Kind.CREDENTIAL,
            "rate_limit_error", Kind.RATE);

    private final RetryAfter retryAfter;

    AnthropicErrors(Clock clock) {
        this.retryAfter = new RetryAfter(clock);
    }

    /** An error event in a stream that had begun; {@code error} is its inner object. */
    static UpstreamError inStream(JsonNode error) {
        String type = Json.string(error, "type");
        Kind kind = KINDS.getOrDefault(type, Kind.UNAVAILABLE);
        String message = Json.string(error, "message");
        return new UpstreamError(billed(kind, message), 200, type, message, null, null, null);
    }

    UpstreamError of(int status, Map<String, String> headers, byte[] body) {
        JsonNode error = parse(body).path("error");
        String message = Json.string(error, "message");
        Kind kind = billed(kind(status), message);
        return new UpstreamError(
                kind, status, Json.string(error, "type"), message, null, null, retryAfter.read(status, headers));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.LENIENT_DEPTH.read(body);
        } catch (JacksonException ex) {
            return Json.object();
        }
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 400, 413, 422 -> Kind.CALLER;
            case 401, 402, 403 -> Kind.CREDENTIAL;
            case 404 -> Kind.NOT_FOUND;
            case 429 -> Kind.RATE;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static Kind billed(Kind kind, String message) {
        return kind == Kind.CALLER && NO_MONEY.matcher(message).matches() ? Kind.CREDENTIAL : kind;
    }
}
