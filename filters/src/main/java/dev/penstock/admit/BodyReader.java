package dev.penstock.admit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;
import reactor.util.context.Context;

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
        return Mono.create(sink -> new Reading(gathering, sink, limits).begin(request.getBody()));
    }

    /** One body on its way. One operator in place of six: it is in every request's path. */
    private final class Reading extends BaseSubscriber<DataBuffer> {

        private final Gathering gathering;
        private final MonoSink<byte[]> sink;
        private final InboundConfig limits;

        private Reading(Gathering gathering, MonoSink<byte[]> sink, InboundConfig limits) {
            this.gathering = gathering;
            this.sink = sink;
            this.limits = limits;
        }

        private void begin(Flux<DataBuffer> body) {
            Disposable limit = timer.schedule(this::late, limits.bodyTimeout().toNanos(), TimeUnit.NANOSECONDS);
            sink.onDispose(limit);
            sink.onCancel(this::leave);
            body.subscribe(this);
        }

        private void late() {
            leave();
            sink.error(BodyReader.late(limits));
        }

        private void leave() {
            cancel();
            gathering.drop();
        }

        @Override
        public Context currentContext() {
            return Context.of(sink.contextView());
        }

        @Override
        protected void hookOnNext(DataBuffer buffer) {
            gathering.add(buffer);
        }

        @Override
        protected void hookOnComplete() {
            // where it was dropped meanwhile, whoever did it tells the end
            gathering.bytes().ifPresent(sink::success);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            gathering.drop();
            sink.error(isGone(failure) ? gone() : failure);
        }
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
