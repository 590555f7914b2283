package dev.penstock.admit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What can be said of a request before its body is read. */
final class RequestHead {

    private static final String OURS = "x-penstock-";

    /** Request headers that this version honours; the others that begin like them are named as ignored. */
    private static final Set<String> KNOWN =
            Set.of("x-penstock-strict", "x-penstock-tags", "x-penstock-timeout", "x-penstock-usage");

    private static final List<String> SWITCHES = List.of("x-penstock-strict", "x-penstock-usage");

    private RequestHead() {}

    /** Fails with 405 or 415 unless it is a POST of JSON that is not compressed. */
    static void check(ServerHttpRequest request) {
        if (request.getMethod() != HttpMethod.POST) {
            throw methodUnknown();
        }
        HttpHeaders headers = request.getHeaders();
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (!isJson(type)) {
            throw mediaType("'content-type' is not JSON (expected: application/json)");
        }
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity")) {
            throw mediaType("'content-encoding' is not supported (expected: identity)");
        }
        for (String name : SWITCHES) {
            isSwitch(name, headers.getFirst(name));
        }
    }

    /** Names the headers of ours that nobody will honour. */
    static void unknownHeaders(ServerHttpRequest request, Consumer<String> ignored) {
        for (String name : request.getHeaders().headerNames()) {
            if (name.regionMatches(true, 0, OURS, 0, OURS.length())) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!KNOWN.contains(lower)) {
                    ignored.accept(lower);
                }
            }
        }
    }

    private static void isSwitch(String name, @Nullable String value) {
        if (value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw GatewayException.invalid(name, value.isEmpty() ? "is empty" : "is another word", "true or false");
        }
    }

    private static boolean isJson(@Nullable String type) {
        if (type == null || type.isBlank() || type.equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE)) {
            return true;
        }
        try {
            MediaType parsed = MediaType.parseMediaType(type);
            String subtype = parsed.getSubtype().toLowerCase(Locale.ROOT);
            return isUtf8(parsed)
                    && (parsed.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) || subtype.endsWith("+json"));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** JSON between systems is UTF-8 (RFC 8259, 8.1); a body in another charset would be read wrongly. */
    private static boolean isUtf8(MediaType type) {
        String charset = type.getParameter("charset");
        return charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8");
    }

    private static GatewayException methodUnknown() {
        return new GatewayException(
                ErrorCode.METHOD_UNKNOWN, Told.NOTHING.with("allow", "POST"), "method (expected: POST)");
    }

    private static GatewayException mediaType(String message) {
        return new GatewayException(ErrorCode.MEDIA_TYPE, Told.of(message), message);
    }
}
