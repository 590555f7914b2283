package dev.penstock.admit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;

/** Reads a request's body to its end, or stops reading at the first limit. */
final class BodyReader {

    private final Scheduler timer;

    BodyReader(Scheduler timer) {
        this.timer = timer;
    }

    /**
     * Reads the whole body, empty when there is none, and goes on with what {@code next} gives for it; fails with 408, 413 or 503, and then holds no
     * buffer.
     */
    Mono<Answer> read(
            LlmExchange exchange, InboundConfig limits, InFlight.Lease lease, Function<byte[], Mono<Answer>> next) {
        long max = limits.maxBody().toBytes();
        if (exchange.request().getHeaders().getContentLength() > max) {
            return Mono.error(Gathering.tooLarge(max));
        }
        return new Admitted(exchange, limits, new Gathering(max, lease), timer, next);
    }

    /** {@code failure} as the caller, if it is still there, learns of it. */
    static Throwable told(Throwable failure) {
        return isGone(failure) ? gone() : failure;
    }

    /** The caller left, or broke the framing: nobody will read what is answered, and it is no fault of ours. */
    private static boolean isGone(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof AbortedException
                || failure instanceof DecoderException;
    }

    private static GatewayException gone() {
        return GatewayException.invalid("body", "broke off", "a whole body");
    }

    static GatewayException late(InboundConfig limits) {
        long ms = limits.bodyTimeout().toMillis();
        return new GatewayException(
                ErrorCode.BODY_TIMEOUT,
                Told.of("The request body was not complete after " + ms + " ms."),
                "'body' incomplete (expected: within " + ms + " ms)");
    }
}
