package dev.penstock.surface;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills the silences of a connection's streams with comments, so that nothing between us and the caller takes the connection for dead. The
 * event loop's thread only.
 */
final class Heartbeat {

    /** The period is watched in parts, since an event may come just after one began. */
    private static final int PARTS = 4;

    /** A comment, as a chunk. */
    private static final ByteBuf BEAT = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer("d\r\n: heartbeat\n\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .asReadOnly());

    private int quiet;
    private @Nullable Future<?> ticks;

    /** {@code encoder}'s place is where chunks are written from. */
    void begin(ChannelHandlerContext encoder, Duration every) {
        end();
        quiet = 0;
        long part = Math.max(1, every.toNanos() / PARTS);
        ticks = encoder.executor().scheduleWithFixedDelay(() -> tick(encoder), part, part, TimeUnit.NANOSECONDS);
    }

    private void tick(ChannelHandlerContext encoder) {
        quiet++;
        if (quiet >= PARTS && encoder.channel().isWritable()) {
            quiet = 0;
            encoder.writeAndFlush(BEAT.duplicate());
        }
    }

    /** An event was written. */
    void event() {
        quiet = 0;
    }

    void end() {
        Future<?> running = ticks;
        ticks = null;
        if (running != null) {
            running.cancel(false);
        }
    }
}
