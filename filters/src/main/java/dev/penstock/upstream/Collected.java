package dev.penstock.upstream;

import dev.penstock.provider.DecodeException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers a body's bytes, up to a limit. One instance a body. */
final class Collected {

    private final int limit;
    private byte[] bytes = new byte[4096];
    private int length;

    Collected(int limit) {
        this.limit = limit;
    }

    /** The buffers are copied and left to whoever owns them; an empty body is an empty array. */
    Mono<byte[]> of(Flux<ByteBuf> body) {
        return body.doOnNext(this::add).then(Mono.fromSupplier(() -> Arrays.copyOf(bytes, length)));
    }

    private void add(ByteBuf buffer) {
        int more = buffer.readableBytes();
        if (length + more > limit) {
            throw new DecodeException("more than " + limit + " bytes (expected: a whole answer)");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        buffer.getBytes(buffer.readerIndex(), bytes, length, more);
        length += more;
    }
}
