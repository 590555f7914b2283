package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.provider.mock.MockOptions;
import dev.penstock.provider.mock.MockScript;
import dev.penstock.provider.mock.Move;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plays the mock provider in process: its bytes and pauses pass through the same decoder, timers and breaker as a network's. */
final class MockTransport implements Transport {

    private final MockOptions options;
    private final MockScript script;
    private final Time time;
    private final AtomicLong calls = new AtomicLong();

    MockTransport(ProviderConfig config, Time time) {
        this.options = new MockOptions(config.latency(), config.errorRate());
        this.script = new MockScript(time.clock());
        this.time = time;
    }

    @Override
    public <T> Flux<T> send(Outgoing outgoing, Function<Reply, Mono<T>> read) {
        return Flux.defer(() -> {
            String model = Json.string(outgoing.tree(), "model");
            List<Move> moves = script.moves(outgoing.tree(), model, options, calls.getAndIncrement());
            return head(moves).flatMapMany(read);
        });
    }

    /** It needs no key, so any is good. */
    @Override
    public Mono<Integer> status(String path, Map<String, String> headers) {
        return Mono.just(200);
    }

    @Override
    public Mono<Void> connect() {
        return Mono.empty();
    }

    /** Waits as long as the moves before the head say. */
    private Mono<Reply> head(List<Move> moves) {
        Duration wait = Duration.ZERO;
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            if (move instanceof Move.Pause pause) {
                wait = wait.plus(pause.duration());
            } else if (move instanceof Move.Head head) {
                Reply reply = reply(head, body(moves.subList(i + 1, moves.size())));
                return wait.isZero()
                        ? Mono.just(reply)
                        : Mono.delay(wait, time.scheduler()).thenReturn(reply);
            } else {
                return Mono.error(reset());
            }
        }
        return Mono.never();
    }

    private static Reply reply(Move.Head head, Flux<ByteBuf> body) {
        Map<String, String> headers = head.headers();
        return new Reply(
                head.status(),
                headers.get("content-type"),
                headers.get("content-encoding"),
                () -> headers,
                body,
                () -> {});
    }

    private Flux<ByteBuf> body(List<Move> moves) {
        return Flux.fromIterable(moves).concatMap(this::play, 1).takeWhile(bytes -> bytes != Unpooled.EMPTY_BUFFER);
    }

    private Mono<ByteBuf> play(Move move) {
        if (move instanceof Move.Bytes part) {
            return Mono.just(Unpooled.wrappedBuffer(part.bytes()));
        }
        if (move instanceof Move.Pause pause) {
            return Mono.delay(pause.duration(), time.scheduler()).then(Mono.empty());
        }
        if (move instanceof Move.Cut) {
            return Mono.error(reset());
        }
        return move instanceof Move.Stall ? Mono.never() : Mono.just(Unpooled.EMPTY_BUFFER);
    }

    private static IOException reset() {
        return new IOException("the mock broke the connection");
    }
}
