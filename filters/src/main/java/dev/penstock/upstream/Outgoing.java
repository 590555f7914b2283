package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.Fact;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.UpstreamRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way out, in its provider's words.
 *
 * @param path below the provider's base URL
 * @param headers complete but for host and length; lower-case names
 * @param tree what {@code body} says, for the transport that plays a provider
 */
record Outgoing(String path, Map<String, String> headers, ObjectNode tree, byte[] body) {

    static Outgoing of(AttemptBooks books, Optional<Credential> credential) {
        Asked asked = books.exchange().get(Fact.CLEARED);
        Dialect dialect = books.provider().dialect();
        int cap = books.attempt().cap();
        UpstreamRequest request = written(asked, dialect, books.attempt().model(), cap);
        books.attempt().ignores(request.ignored());
        books.attempt().capped(isNews(cap, asked) ? cap : request.capped());
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("content-type", "application/json");
        headers.put("accept", asked.stream() ? "text/event-stream" : "application/json");
        headers.put("user-agent", "penstock");
        credential.ifPresent(key -> headers.putAll(dialect.credential(key.secret())));
        headers.putAll(books.provider().config().headers());
        HeaderLists.up(books.exchange().request().getHeaders(), headers);
        return new Outgoing(request.path(), headers, request.body(), Json.LENIENT_DEPTH.write(request.body()));
    }

    /** Whether the caller has not asked for this cap itself. */
    private static boolean isNews(int cap, Asked asked) {
        return cap > 0 && cap != asked.weight().outputCap();
    }

    /** {@code cap} is the most output tokens that may be asked for; 0 leaves what the caller asks for. */
    private static UpstreamRequest written(Asked asked, Dialect dialect, String model, int cap) {
        if (Lane.of(asked, dialect) == Lane.VERBATIM) {
            return dialect.relay(asked.body(), model, cap);
        }
        try {
            return dialect.encode(asked.hub(), model, cap);
        } catch (GatewayException mistake) {
            throw AttemptFailed.unwritable(mistake);
        }
    }

    /** Never shows headers or body. */
    @Override
    public String toString() {
        return "Outgoing[" + path + "]";
    }
}
