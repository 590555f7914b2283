package dev.penstock.gateway.admin;

import dev.penstock.audit.trail.Hold;
import dev.penstock.audit.trail.Holds;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.gateway.admin.AdminRole.Right;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET}, {@code POST} and {@code DELETE /admin/audit/holds}. */
final class HoldEndpoints {

    /** What JSON of other tools still reads as a time. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final int LONGEST = 500;

    private final Holds holds;
    private final Recording recording;
    private final Clock clock;

    HoldEndpoints(Holds holds, Recording recording, Clock clock) {
        this.holds = holds;
        this.recording = recording;
        this.clock = clock;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/audit/holds", Right.VIEW, request -> Answers.read(this::list));
        routes.post("/admin/audit/holds", Right.CONTENT, this::place);
        routes.delete(
                "/admin/audit/holds/{id}",
                Right.CONTENT,
                request -> Answers.read(() -> lift(request.pathVariable("id"))));
    }

    private JsonNode list() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("holds");
        holds.all().forEach(hold -> list.add(hold.json()));
        return body;
    }

    private Mono<ServerResponse> place(ServerRequest request) {
        return Body.of(request, Set.of("service", "from", "to", "reason"))
                .map(body -> hold(body.tree()))
                .flatMap(hold -> Answers.read(() -> {
                    holds.add(hold);
                    recording.now("hold.placed", hold.json());
                    return hold.json();
                }));
    }

    private Hold hold(ObjectNode asked) {
        String service = Json.string(asked, "service");
        Instant from = Query.instant("from", Json.string(asked, "from"), Instant.EPOCH);
        Instant to = Query.instant("to", Json.string(asked, "to"), EVER);
        if (service.isEmpty() && !asked.has("from") && !asked.has("to")) {
            throw GatewayException.invalid("service", "is missing", "a service, a time (from, to), or both");
        }
        if (!from.isBefore(to)) {
            throw GatewayException.invalid("to", "is not after 'from'", "a later time");
        }
        String reason = Json.string(asked, "reason");
        if (reason.length() > LONGEST) {
            throw GatewayException.invalid("reason", "is too long", "at most " + LONGEST + " characters");
        }
        String id = UUID.randomUUID().toString();
        return new Hold(id, service, from, to, reason, clock.instant());
    }

    private JsonNode lift(String id) throws IOException {
        Hold lifted = holds.lift(id)
                .orElseThrow(() -> new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.of("There is no such hold.")));
        recording.now("hold.lifted", lifted.json());
        return lifted.json();
    }
}
