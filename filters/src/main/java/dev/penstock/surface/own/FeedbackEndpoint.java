package dev.penstock.surface.own;

import dev.penstock.admit.InboundConfig;
import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.DeadlineScheduler;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.tally.Feedback;
import dev.penstock.experiment.tally.Feedback.Counted;
import dev.penstock.experiment.tally.Feedback.Given;
import dev.penstock.keys.Callers;
import dev.penstock.surface.BuiltInAnswers;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/feedback}: what a caller thinks of an answer that it got. */
final class FeedbackEndpoint implements WebHandler {

    private static final int MOST_BYTES = 16 * 1024;

    private final CurrentSettings settings;
    private final Callers callers;
    private final Feedback feedback;
    private final Function<Settings, Json> json;
    private final BuiltInAnswers answers;

    FeedbackEndpoint(
            CurrentSettings settings,
            Callers callers,
            Feedback feedback,
            Function<Settings, Json> json,
            BuiltInAnswers answers) {
        this.settings = settings;
        this.callers = callers;
        this.feedback = feedback;
        this.json = json;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange web) {
        return Mono.defer(() -> answer(web))
                .onErrorResume(GatewayException.class, failure -> answers.fail(web, failure));
    }

    private Mono<Void> answer(ServerWebExchange web) {
        if (web.getRequest().getMethod() != HttpMethod.POST) {
            throw new GatewayException(ErrorCode.METHOD_UNKNOWN, Told.NOTHING.with("allow", "POST"));
        }
        Settings now = settings.get();
        return callers.of(web.getRequest(), now).flatMap(caller -> taken(caller, web, now));
    }

    private Mono<Void> taken(Caller caller, ServerWebExchange web, Settings now) {
        return body(web.getRequest(), now)
                .map(bytes -> FeedbackBody.of(bytes, json.apply(now)))
                .flatMap(given -> feedback.give(given, caller, now)
                        .flatMap(counted -> answers.write(web, now, told(given, counted))));
    }

    private static Mono<byte[]> body(ServerHttpRequest request, Settings now) {
        return DataBufferUtils.join(request.getBody(), MOST_BYTES)
                .map(FeedbackEndpoint::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        tooLarge -> new GatewayException(
                                ErrorCode.REQUEST_TOO_LARGE, Told.of("Feedback is at most " + MOST_BYTES + " bytes.")))
                .timeout(
                        now.get(InboundConfig.class).bodyTimeout(),
                        Mono.error(() -> new GatewayException(ErrorCode.BODY_TIMEOUT, Told.NOTHING)),
                        DeadlineScheduler.SHARED);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static ObjectNode told(Given given, Counted counted) {
        ObjectNode body = Json.object().put("request_id", given.requestId());
        if (counted.experiment().isEmpty()) {
            return body.putNull("experiment");
        }
        body.putObject("experiment").put("name", counted.experiment()).put("arm", counted.arm());
        return body;
    }
}
