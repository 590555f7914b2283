package dev.penstock.surface;

import dev.penstock.core.Asked;
import dev.penstock.core.Chunk;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes a stream as server-sent events, one flush each, with heartbeats in its silences and a visible end. */
final class StreamWriter {

    private static final String WANTS_REPORT = "x-penstock-usage";
    private static final MediaType EVENT_STREAM = new MediaType("text", "event-stream", StandardCharsets.UTF_8);

    private final Scheduler scheduler;
    private final UsageReport report;

    StreamWriter(Scheduler scheduler, UsageReport report) {
        this.scheduler = scheduler;
        this.report = report;
    }

    Mono<Void> write(LlmExchange exchange, Answer.Streamed stream) {
        ServerHttpResponse response = exchange.web().getResponse();
        response.getHeaders().setContentType(EVENT_STREAM);
        AnswerHeaders.stream(response.getHeaders());
        EventBytes bytes = new EventBytes();
        Duration heartbeat = exchange.settings().get(StreamConfig.class).heartbeat();
        Flux<byte[]> events = events(exchange, stream, bytes);
        return FlushedWrite.of(response, new Heartbeat(scheduler, heartbeat).into(events, bytes::heartbeat));
    }

    private Flux<byte[]> events(LlmExchange exchange, Answer.Streamed stream, EventBytes bytes) {
        Surface surface = exchange.surface();
        Asked asked = exchange.get(Fact.PROMPTED);
        AtomicReference<Chunk> last = new AtomicReference<>();
        return stream.chunks()
                .mapNotNull(chunk -> {
                    if (chunk.mark() == Chunk.Mark.USAGE_ONLY && !surface.shows(chunk, asked)) {
                        return null;
                    }
                    last.setPlain(chunk);
                    return bytes.of(chunk);
                })
                .concatWith(Flux.defer(() -> ending(exchange, last.getPlain(), bytes)))
                .onErrorResume(failure -> Mono.fromSupplier(() -> broken(exchange, failure, bytes)));
    }

    private Flux<byte[]> ending(LlmExchange exchange, @Nullable Chunk last, EventBytes bytes) {
        Surface surface = exchange.surface();
        Flux<byte[]> wanted = exchange.header(WANTS_REPORT)
                .filter(text -> Boolean.parseBoolean(text) && last != null)
                .flatMap(yes -> surface.report(report.of(exchange), last))
                .map(chunk -> Flux.just(bytes.of(chunk)))
                .orElse(Flux.empty());
        String marker = surface.endMarker();
        return marker.isEmpty()
                ? wanted
                : wanted.concatWith(Mono.fromSupplier(() -> bytes.of("", marker.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] broken(LlmExchange exchange, Throwable failure, EventBytes bytes) {
        GatewayException told = ErrorRenderer.told(failure, exchange.id());
        Surface surface = exchange.surface();
        return bytes.of(surface.errorEvent(), Json.LENIENT_DEPTH.write(surface.error(told, exchange.id())));
    }
}
