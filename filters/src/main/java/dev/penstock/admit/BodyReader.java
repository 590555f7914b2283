package dev.penstock.admit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;

/** Reads a request's body to its end, or stops reading at the first limit. */
final class BodyReader {

    private final Scheduler timer;

    BodyReader(Scheduler timer) {
        this.timer = timer;
    }

    /** The whole body, empty when there is none; fails with 408, 413 or 503, and then holds no buffer. */
    Mono<byte[]> read(ServerHttpRequest request, InboundConfig limits, InFlight.Lease lease) {
        long max = limits.maxBody().toBytes();
        if (request.getHeaders().getContentLength() > max) {
            return Mono.error(Gathering.tooLarge(max));
        }
        Gathering gathering = new Gathering(max, lease);
        Mono<byte[]> body = request.getBody()
                .doOnNext(gathering::add)
                .then(Mono.fromSupplier(gathering::bytes))
                .onErrorMap(BodyReader::isGone, failure -> gone())
                .doOnError(failure -> gathering.drop())
                .doOnCancel(gathering::drop);
        return body.timeout(limits.bodyTimeout(), Mono.error(() -> late(limits)), timer);
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

    private static GatewayException late(InboundConfig limits) {
        long ms = limits.bodyTimeout().toMillis();
        return new GatewayException(
                ErrorCode.BODY_TIMEOUT,
                Told.of("The request body was not complete after " + ms + " ms."),
                "'body' incomplete (expected: within " + ms + " ms)");
    }
}
