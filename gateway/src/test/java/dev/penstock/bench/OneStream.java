package dev.penstock.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a stream to its end: notes the time to its first byte, and fails when events or the end marker are missing. */
final class OneStream {

    private static final String DONE = "data: [DONE]\n\n";

    private final Flux<ByteBuf> bytes;
    private final Times firstBytes;

    OneStream(Flux<ByteBuf> bytes, Times firstBytes) {
        this.bytes = bytes;
        this.firstBytes = firstBytes;
    }

    Mono<Void> run() {
        return Mono.defer(() -> {
            Seen seen = new Seen(System.nanoTime());
            return bytes.doOnNext(seen::take).then(Mono.fromRunnable(seen::check));
        });
    }

    private final class Seen {

        private final long began;
        private int breaks;
        private String tail = "";

        private Seen(long began) {
            this.began = began;
        }

        private void take(ByteBuf buffer) {
            if (tail.isEmpty()) {
                firstBytes.add(System.nanoTime() - began);
            }
            String text = buffer.toString(StandardCharsets.UTF_8);
            for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 2)) {
                breaks++;
            }
            String both = tail + text;
            tail = both.substring(Math.max(0, both.length() - DONE.length()));
        }

        private void check() {
            if (breaks < Options.EVENTS || !tail.equals(DONE)) {
                throw new IllegalStateException("a stream of " + breaks + " events that ends with '" + tail + "'");
            }
        }
    }
}
