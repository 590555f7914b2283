package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import dev.penstock.core.UpstreamError;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.provider.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads errors by status and code, never by their text, save for refused keys that come as 400 (PROVIDERS 2.5, 12, 13.6). */
final class OpenAiErrors {

    private static final Pattern REFUSED_KEY = Pattern.compile("API_KEY_INVALID|Incorrect API key provided");

    private final RetryAfter retryAfter;

    OpenAiErrors(RetryAfter retryAfter) {
        this.retryAfter = retryAfter;
    }

    UpstreamError read(int status, Map<String, String> headers, byte[] body) {
        JsonNode root = tree(body);
        Words words = Words.of(root);
        boolean refusedKey =
                REFUSED_KEY.matcher(new String(body, StandardCharsets.UTF_8)).find();
        Kind kind = refusedKey || words.says("invalid_api_key") ? Kind.CREDENTIAL : kind(status, words);
        return words.error(kind, status, retryAfter.read(status, headers));
    }

    /** An error event of a stream that began with 200; its status is the one it names, if it names one. */
    static UpstreamError inStream(JsonNode root) {
        Words words = Words.of(root);
        int status = statusIn(root.path("error"), words);
        return words.error(kind(status, words), status, null);
    }

    private static Kind kind(int status, Words words) {
        if (words.says("tool_use_failed")) {
            return Kind.BAD_GENERATION;
        }
        if (words.says("model_not_found")) {
            return Kind.NOT_FOUND;
        }
        return switch (status) {
            case 401, 402, 403, 498 -> Kind.CREDENTIAL;
            case 429 -> Kind.RATE;
            case 404 -> Kind.NOT_FOUND;
            case 400, 413, 422 -> Kind.CALLER;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static int statusIn(JsonNode error, Words words) {
        long named = Math.max(Json.integer(error, "status_code"), Json.integer(error, "code"));
        if (named >= 400 && named < 600) {
            return (int) named;
        }
        if (words.says("rate_limit_exceeded") || words.says("insufficient_quota")) {
            return 429;
        }
        if (words.says("model_not_found")) {
            return 404;
        }
        return words.says("invalid_request_error") ? 400 : 200;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.LENIENT_DEPTH.read(body);
        } catch (JacksonException notJson) {
            return Json.object();
        }
    }

    /** What an error body says, in whichever of the forms: an object, a string, or flat (old vLLM). */
    private record Words(
            String type,
            String message,
            @Nullable String param,
            @Nullable String code) {

        static Words of(JsonNode root) {
            JsonNode error = root.path("error");
            JsonNode from = error.isObject() ? error : root;
            String message = error.isString() ? error.stringValue() : message(from);
            return new Words(text(from, "type", ""), message, text(from, "param", null), text(from, "code", null));
        }

        boolean says(String word) {
            return word.equals(code) || word.equals(type);
        }

        /** The words about a refused key may hold the key. */
        UpstreamError error(Kind kind, int status, @Nullable Duration retryAfter) {
            String shown = kind == Kind.CREDENTIAL ? "" : message;
            return new UpstreamError(kind, status, type, shown, param, code, retryAfter);
        }

        private static String message(JsonNode from) {
            String message = Json.string(from, "message");
            if (!message.isEmpty()) {
                return message;
            }
            JsonNode detail = from.path("detail");
            return detail.isMissingNode() || detail.isString() ? Json.string(from, "detail") : detail.toString();
        }

        private static String text(JsonNode from, String member, @Nullable String otherwise) {
            JsonNode value = from.path(member);
            return value.isString() || value.isNumber() ? value.asString() : otherwise;
        }
    }
}
