package dev.penstock.gateway.admin;

import dev.penstock.audit.content.ContentReader;
import dev.penstock.audit.content.Contents;
import dev.penstock.audit.trail.Hold;
import dev.penstock.audit.trail.Holds;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.IndexedSearch;
import dev.penstock.records.index.RecordIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/audit/{id}}, with {@code ?content=true} the texts, too; {@code POST /admin/audit/erase}. */
final class ContentEndpoints {

    private final Supplier<Segments> segments;
    private final RecordIndex index;
    private final Contents contents;
    private final Holds holds;
    private final Recording recording;
    private final Predicate<ServerRequest> mayReadContent;

    ContentEndpoints(
            Supplier<Segments> segments,
            RecordIndex index,
            Contents contents,
            Holds holds,
            Recording recording,
            Predicate<ServerRequest> mayReadContent) {
        this.segments = segments;
        this.index = index;
        this.contents = contents;
        this.holds = holds;
        this.recording = recording;
        this.mayReadContent = mayReadContent;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/audit/{id}", Right.VIEW, this::call);
        routes.post("/admin/audit/erase", Right.CONTENT, this::erase);
    }

    private Mono<ServerResponse> call(ServerRequest request) {
        String id = request.pathVariable("id");
        boolean wanted = new Query(request).word("content").equals("true");
        if (!wanted) {
            return Answers.read(() -> records(id));
        }
        boolean shown = mayReadContent.test(request);
        ObjectNode read = Json.object().put("outcome", shown ? "shown" : "withheld");
        read.putObject("what").put("id", id);
        return Mono.fromFuture(recording.of("content.read", read))
                .then(Answers.read(
                        () -> shown ? withTexts(records(id)) : records(id).put("content", "withheld")));
    }

    private ObjectNode records(String id) {
        List<ObjectNode> records = new IndexedSearch(segments.get(), index).call(id);
        if (records.isEmpty()) {
            throw new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.of("There is no record of this id."));
        }
        ObjectNode body = Json.object();
        body.putArray("records").addAll(records);
        return body;
    }

    private JsonNode withTexts(ObjectNode body) {
        ArrayNode texts = body.putArray("content");
        for (JsonNode record : body.path("records")) {
            Optional<ContentReader.Content> content = contents.reader().of(record);
            content.ifPresent(it -> {
                ObjectNode json = it.json();
                json.put("seq", Json.integer(record, "seq"));
                texts.add(json);
            });
        }
        return body;
    }

    /** The door has recorded that it was asked; this records what came of it. */
    private Mono<ServerResponse> erase(ServerRequest request) {
        return Body.of(request, Set.of("service")).flatMap(body -> {
            String service = body.required("service");
            return Answers.read(() -> erased(service));
        });
    }

    private JsonNode erased(String service) throws IOException {
        List<String> keys = new ArrayList<>();
        Optional<Hold> covering;
        try {
            // before the holds are locked: a slow disk keeps nobody from placing one
            contents.settle();
            covering = holds.unlessCovered(service, () -> keys.addAll(contents.erase(service)));
        } catch (IllegalStateException noKey) {
            throw new GatewayException(ErrorCode.REQUEST_INVALID, Told.of(String.valueOf(noKey.getMessage())));
        }
        covering.ifPresent(hold -> {
            String message = "Hold " + hold.id() + " keeps the texts of '" + service + "' (expected: lifted before).";
            throw new GatewayException(ErrorCode.REQUEST_INVALID, Told.param("service", message));
        });
        ObjectNode body = Json.object().put("service", service);
        keys.forEach(body.putArray("keys")::add);
        recording.now("content.erased", body.deepCopy());
        return body;
    }
}
