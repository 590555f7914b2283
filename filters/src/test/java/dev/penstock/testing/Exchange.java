package dev.penstock.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that the scripted upstream received whole.
 *
 * @param number of the request, from 0, over all connections
 * @param connection number of its connection, from 0
 * @param path without the query
 * @param query without the question mark, possibly empty
 * @param headers by lower-case name, in the order they came
 * @param body after chunks were joined
 * @param closed completes when the connection of this request ends; a kept-alive one may carry further requests first
 */
public record Exchange(
        int number,
        int connection,
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        CompletableFuture<CloseKind> closed) {

    /** The header's first value. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /**
     * Waits until the connection ends.
     *
     * @throws AssertionError when it does not within {@code bound}
     */
    public CloseKind awaitClosed(Duration bound) {
        return Signals.within(bound, closed, "end of connection " + connection);
    }
}
