package dev.penstock.gateway.admin;

import dev.penstock.audit.trail.Checkpoints;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.CaseQuery;
import dev.penstock.records.CaseWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /admin/audit/export}: a case as one zip file. It is written to the disk first, so that what is sent is whole. */
final class ExportEndpoint {

    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration LOOK_BACK = Duration.ofDays(1);
    private static final int PIECE = 64 << 10;
    private static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();

    private final Supplier<Segments> segments;
    private final Checkpoints checkpoints;
    private final Path data;
    private final Recording recording;
    private final Clock clock;

    /** One reads the whole trail at a time. */
    private final Semaphore place = new Semaphore(1);

    ExportEndpoint(Supplier<Segments> segments, Checkpoints checkpoints, Path data, Recording recording, Clock clock) {
        this.segments = segments;
        this.checkpoints = checkpoints;
        this.data = data;
        this.recording = recording;
        this.clock = clock;
    }

    void add(AdminRoutes routes) {
        routes.post("/admin/audit/export", Right.CONTENT, this::export);
    }

    private Mono<ServerResponse> export(ServerRequest request) {
        return Body.of(request, Set.of("service", "from", "to", "call"))
                .map(body -> query(body.tree()))
                .flatMap(query -> Mono.fromCallable(() -> alone(query)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(file -> ServerResponse.ok()
                        .contentType(new MediaType("application", "zip"))
                        .header("content-disposition", "attachment; filename=\"case.zip\"")
                        .body(BodyInserters.fromDataBuffers(sent(file))));
    }

    private CaseQuery query(ObjectNode asked) {
        String call = Json.string(asked, "call");
        Instant to = Query.instant("to", Json.string(asked, "to"), clock.instant());
        Instant before = call.isEmpty() ? to.minus(LOOK_BACK) : Instant.EPOCH;
        Instant from = Query.instant("from", Json.string(asked, "from"), before);
        if (!from.isBefore(to)) {
            throw GatewayException.invalid("to", "is not after 'from'", "a later time");
        }
        return new CaseQuery(from, to, Json.string(asked, "service"), call);
    }

    /** The file has no name any more when it is handed on. */
    private AsynchronousFileChannel alone(CaseQuery query) throws IOException {
        if (!place.tryAcquire()) {
            throw new GatewayException(
                    ErrorCode.OVERLOADED,
                    Told.of("Another case is being written.").after(LATER));
        }
        Path file = Files.createTempFile(data, "case", ".zip");
        Path spool = Files.createTempFile(data, "case", ".trail");
        try {
            write(query, file, spool);
            return AsynchronousFileChannel.open(file, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(spool);
            place.release();
        }
    }

    private void write(CaseQuery query, Path file, Path spool) throws IOException {
        Note newest = checkpoints
                .now()
                .orElseThrow(() -> new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.of("There is no record yet.")));
        CaseWriter writer =
                new CaseWriter(segments.get(), newest, checkpoints.file().all(), checkpoints.key());
        try (OutputStream out = Files.newOutputStream(file)) {
            recording.now("case.exported", writer.write(query, clock.instant(), spool, out));
        }
    }

    /** Gone when it has been sent, or nobody wants it any more. */
    private static Flux<DataBuffer> sent(AsynchronousFileChannel file) {
        return DataBufferUtils.readAsynchronousFileChannel(() -> file, BUFFERS, PIECE);
    }
}
