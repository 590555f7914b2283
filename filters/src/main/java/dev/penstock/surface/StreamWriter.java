package dev.penstock.surface;

import dev.penstock.core.Asked;
import dev.penstock.core.Chunk;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Passage;
import dev.penstock.exchange.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes a stream as server-sent events, one flush each, and with a visible end. */
final class StreamWriter {

    private static final String WANTS_REPORT = "x-penstock-usage";
    private static final MediaType EVENT_STREAM = new MediaType("text", "event-stream", StandardCharsets.UTF_8);

    private final UsageReport report;

    StreamWriter(UsageReport report) {
        this.report = report;
    }

    Mono<Void> write(LlmExchange exchange, Answer.Streamed stream) {
        ServerHttpResponse response = exchange.web().getResponse();
        response.getHeaders().setContentType(EVENT_STREAM);
        AnswerHeaders.stream(response.getHeaders());
        Duration heartbeat = exchange.settings().get(StreamConfig.class).heartbeat();
        return FlushedWrite.of(response, new Writing(exchange).of(stream.chunks()), heartbeat);
    }

    private final class Writing extends Passage<Chunk> {

        private final LlmExchange exchange;
        private final Surface surface;
        private final Asked asked;
        private @Nullable Chunk last;

        private Writing(LlmExchange exchange) {
            this.exchange = exchange;
            this.surface = exchange.surface();
            this.asked = exchange.get(Fact.PROMPTED);
        }

        @Override
        protected @Nullable Chunk next(Chunk chunk) {
            if (chunk.mark() == Chunk.Mark.USAGE_ONLY && !surface.shows(chunk, asked)) {
                return null;
            }
            last = chunk;
            return chunk;
        }

        @Override
        protected Flux<Chunk> end() {
            List<Chunk> ending = new ArrayList<>(2);
            usage().ifPresent(ending::add);
            String marker = surface.endMarker();
            if (!marker.isEmpty()) {
                ending.add(new Chunk("", marker.getBytes(StandardCharsets.UTF_8), Chunk.Mark.FINISH));
            }
            return Flux.fromIterable(ending);
        }

        private Optional<Chunk> usage() {
            Chunk like = last;
            return exchange.header(WANTS_REPORT)
                    .filter(text -> Boolean.parseBoolean(text) && like != null)
                    .flatMap(yes -> surface.report(report.of(exchange), like));
        }

        @Override
        protected Mono<Chunk> broke(Throwable failure) {
            GatewayException told = ErrorRenderer.told(failure, exchange.id());
            byte[] error = Json.LENIENT_DEPTH.write(surface.error(told, exchange.id()));
            return Mono.just(new Chunk(surface.errorEvent(), error, Chunk.Mark.FINISH));
        }
    }
}
