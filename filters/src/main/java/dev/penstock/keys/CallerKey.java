package dev.penstock.keys;

import dev.penstock.keys.jwt.JwtVerifier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Finds the key of a request in the headers that the common SDKs use. */
final class CallerKey {

    /** The longest key that is looked at. */
    private static final int LONGEST = 512;

    /** The longest token of an issuer. */
    private static final int LONGEST_TOKEN = 8192;

    private static final String BEARER = "Bearer ";

    private static final String[] HEADERS = {"x-api-key", "api-key", "x-goog-api-key"};

    private CallerKey() {}

    /** The one key, empty for none; the same key in several headers is one. Fails with {@code key_unknown} for several, malformed. */
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
        return found == null ? "" : found;
    }

    private static @Nullable String one(@Nullable String before, String next) {
        if (next.isEmpty()) {
            return before;
        }
        int longest = JwtVerifier.looksLike(next) ? LONGEST_TOKEN : LONGEST;
        if (next.length() > longest) {
            throw Callers.unknown("the key is too long (expected: at most " + longest + " characters)");
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
