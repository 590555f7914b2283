package dev.penstock.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Finds the key of a request in the headers that the common SDKs use. */
final class CallerKey {

    /** The longest key that is looked at. */
    private static final int LONGEST = 512;

    private static final String BEARER = "Bearer ";

    private static final List<String> HEADERS = List.of("x-api-key", "api-key", "x-goog-api-key");

    private CallerKey() {}

    /** The one key; the same key in several headers is one. Fails with {@code key_unknown} for none, several, malformed. */
    static String in(HttpHeaders headers) {
        String found = null;
        for (String value : headers.getOrEmpty(HttpHeaders.AUTHORIZATION)) {
            found = one(found, bearer(value));
        }
        for (String header : HEADERS) {
            for (String value : headers.getOrEmpty(header)) {
                found = one(found, value.trim());
            }
        }
        if (found == null) {
            throw Callers.unknown("the request carries no key");
        }
        return found;
    }

    private static @Nullable String one(@Nullable String before, String next) {
        if (next.isEmpty()) {
            return before;
        }
        if (next.length() > LONGEST) {
            throw Callers.unknown("the key is too long (expected: at most " + LONGEST + " characters)");
        }
        if (before != null && !before.equals(next)) {
            throw Callers.unknown("the request carries several different keys");
        }
        return next;
    }

    private static String bearer(String value) {
        String trimmed = value.trim();
        if (trimmed.isEmpty() || trimmed.equalsIgnoreCase(BEARER.trim())) {
            return "";
        }
        if (!trimmed.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Callers.unknown("'authorization' has another scheme (expected: Bearer)");
        }
        return trimmed.substring(BEARER.length()).trim();
    }
}
