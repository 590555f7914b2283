package dev.penstock.gateway.admin;

import dev.penstock.audit.TextHash;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.IndexedSearch;
import dev.penstock.records.RecordQuery;
import dev.penstock.records.RecordSearch;
import dev.penstock.records.index.RecordIndex;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/audit}, and {@code POST /admin/audit/text}: which records hold a text. */
final class AuditEndpoints {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    private final Supplier<Segments> segments;
    private final RecordIndex index;
    private final TextHash hash;
    private final Clock clock;

    AuditEndpoints(Supplier<Segments> segments, RecordIndex index, TextHash hash, Clock clock) {
        this.segments = segments;
        this.index = index;
        this.hash = hash;
        this.clock = clock;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/audit", Right.VIEW, this::search);
        routes.post("/admin/audit/text", Right.CONTENT, this::text);
    }

    private Mono<ServerResponse> search(ServerRequest request) {
        return records(request, new Query(request).word("text-hmac"), Json.object());
    }

    /** The body is the text as it is. Whoever may ask this could find out by guessing what was said, so it asks for the right to read it. */
    private Mono<ServerResponse> text(ServerRequest request) {
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).flatMap(body -> {
            String hmac = hash.of(read(body));
            return records(request, hmac, Json.object().put("hmac", hmac));
        });
    }

    private static String read(byte[] body) {
        try {
            return TextHash.read(body);
        } catch (IllegalArgumentException none) {
            throw new GatewayException(
                    ErrorCode.REQUEST_INVALID, Told.param("body", "The text " + none.getMessage() + "."));
        }
    }

    private Mono<ServerResponse> records(ServerRequest request, String hmac, ObjectNode answer) {
        Query asked = new Query(request);
        Instant to = asked.instant("to", clock.instant());
        RecordQuery query = new RecordQuery(
                asked.instant("from", to.minus(LOOK_BACK)),
                to,
                asked.word("service"),
                asked.word("model"),
                asked.word("outcome"),
                asked.word("type"),
                hmac);
        int limit = asked.number("limit", PAGE, LARGEST_PAGE);
        return Answers.read(() -> page(query, asked.word("cursor"), limit, answer));
    }

    private JsonNode page(RecordQuery query, String cursor, int limit, ObjectNode body) {
        RecordSearch.Page page;
        try {
            page = new IndexedSearch(segments.get(), index).find(query, cursor, limit);
        } catch (IllegalArgumentException wrong) {
            throw new GatewayException(ErrorCode.REQUEST_INVALID, Told.param("cursor", wrong.getMessage()));
        }
        body.putArray("records").addAll(page.records());
        return page.cursor() == null ? body.putNull("cursor") : body.put("cursor", page.cursor());
    }
}
