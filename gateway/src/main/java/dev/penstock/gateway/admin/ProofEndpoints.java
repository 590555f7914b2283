package dev.penstock.gateway.admin;

import dev.penstock.audit.trail.Checkpoints;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.journal.checkpoint.Evidence;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
import dev.penstock.journal.checkpoint.TrailVerification;
import dev.penstock.journal.segment.Segments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/audit/checkpoint}, {@code POST /admin/audit/verify}. */
final class ProofEndpoints {

    private static final int SECONDS = 30;
    private static final int MOST_SECONDS = 600;
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Supplier<Segments> segments;
    private final Checkpoints checkpoints;
    private final LongSupplier nanos;

    /** One reads the whole trail at a time. */
    private final Semaphore place = new Semaphore(1);

    ProofEndpoints(Supplier<Segments> segments, Checkpoints checkpoints, LongSupplier nanos) {
        this.segments = segments;
        this.checkpoints = checkpoints;
        this.nanos = nanos;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/audit/checkpoint", Right.VIEW, request -> Answers.read(this::checkpoint));
        routes.post("/admin/audit/verify", Right.VIEW, this::verify);
    }

    private JsonNode checkpoint() {
        Note note = checkpoints
                .now()
                .orElseThrow(() -> new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.of("There is no record yet.")));
        var checkpoint = note.checkpoint().orElseThrow();
        return Json.object()
                .put("origin", checkpoint.origin())
                .put("size", checkpoint.size())
                .put("root", checkpoint.root())
                .put("time", checkpoint.time().orElseThrow().toString())
                .put("note", note.form())
                .put("key", checkpoints.key().text())
                .put("keys", checkpoints.key().lines());
    }

    /** The body may hold checkpoints that were kept elsewhere. */
    private Mono<ServerResponse> verify(ServerRequest request) {
        int seconds = new Query(request).number("seconds", SECONDS, MOST_SECONDS);
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Answers.read(
                        () -> alone(new String(body, StandardCharsets.UTF_8), Duration.ofSeconds(seconds))));
    }

    private JsonNode alone(String given, Duration most) {
        if (!place.tryAcquire()) {
            throw new GatewayException(
                    ErrorCode.OVERLOADED,
                    Told.of("Another verification is running.").after(LATER));
        }
        try {
            return verified(given, nanos.getAsLong() + most.toNanos());
        } finally {
            place.release();
        }
    }

    private JsonNode verified(String given, long until) {
        List<Evidence> evidence = new ArrayList<>();
        Notes notes = Notes.of(given);
        if (!given.isBlank()) {
            evidence.add(Evidence.of("the request", notes, checkpoints.key()));
        }
        List<Note> own = checkpoints.file().all();
        if (!own.isEmpty()) {
            evidence.add(new Evidence("the instance's own", own, checkpoints.key()));
        }
        TrailVerification.Found found =
                TrailVerification.of(segments.get(), evidence, (records, bytes) -> nanos.getAsLong() - until < 0);
        return told(found).put("torn", notes.torn());
    }

    private static ObjectNode told(TrailVerification.Found found) {
        ObjectNode body = Json.object()
                .put("origin", found.origin())
                .put("sound", found.sound())
                .put("complete", found.complete())
                .put("records", found.journal().records())
                .put("first", found.journal().first())
                .put("last", found.journal().last())
                .put("hash", found.journal().hash())
                .put("checkpoints", found.matching())
                .put("passed", found.passed())
                .put("foreign", found.foreign());
        found.confirmed().ifPresent(newest -> body.put("confirmed", newest.size()));
        ArrayNode damage = body.putArray("damage");
        found.damage()
                .forEach(one -> damage.addObject()
                        .put("segment", one.segment())
                        .put("offset", one.offset())
                        .put("seq", one.seq())
                        .put("what", one.what()));
        found.forged().forEach(body.putArray("forged")::add);
        found.untold()
                .ifPresent(
                        it -> body.putObject("untold").put("first", it.first()).put("last", it.last()));
        if (!found.wanting().isEmpty()) {
            body.put("wanting", String.join("; ", found.wanting()));
        }
        return body;
    }
}
