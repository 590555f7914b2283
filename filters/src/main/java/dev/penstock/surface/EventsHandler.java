package dev.penstock.surface;

import dev.penstock.core.Chunk;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes each event of a stream as one chunk of HTTP/1.1 in one buffer, and has its silences filled. Stands behind the codec, whose encoder
 * would make three buffers and three promises of an event. For answers that have a body: that of a HEAD request would get one. The event loop's thread only.
 */
final class EventsHandler extends ChannelOutboundHandlerAdapter {

    private static final String NAME = "penstock-events";

    /** Of the connection's next answer. */
    static final AttributeKey<Duration> HEARTBEAT = AttributeKey.valueOf(EventsHandler.class, "heartbeat");

    /** A length in hex and two line ends. */
    private static final int FRAME = 12;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final short LINE_END = '\r' << 8 | '\n';

    private final String codec;
    private final Heartbeat heartbeat = new Heartbeat();
    private @Nullable ChannelHandlerContext encoder;
    private boolean streaming;

    /** {@code codec} is the name of the handler that makes bytes of HTTP's messages; this one is added after it. */
    EventsHandler(String codec) {
        this.codec = codec;
    }

    /**
     * Sees to it that the connection has such a handler; false where it has no codec for one. Should its next answer be a stream, a comment is sent
     * before a silence of it is longer than {@code every}, and not before three quarters of it, as long as the caller has room; any thread, before
     * the answer's head is written.
     */
    static boolean expect(HttpServerResponse response, Duration every) {
        boolean[] there = new boolean[1];
        response.withConnection(connection -> {
            Channel channel = connection.channel();
            ChannelPipeline pipeline = channel.pipeline();
            there[0] = pipeline.context(NettyPipeline.HttpCodec) != null;
            if (there[0]) {
                channel.attr(HEARTBEAT).set(every);
                if (pipeline.get(EventsHandler.class) == null) {
                    pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new EventsHandler(NettyPipeline.HttpCodec));
                }
            }
        });
        return there[0];
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        encoder = context.pipeline().context(codec);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof Chunk event) {
            heartbeat.event();
            if (streaming) {
                encoder.write(chunk(context, event), promise);
            } else {
                context.write(plain(context, event), promise);
            }
            return;
        }
        if (message instanceof HttpResponse head && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            begin(context, isStream(head));
        } else if (message instanceof LastHttpContent) {
            end();
        }
        context.write(message, promise);
    }

    private static boolean isStream(HttpResponse head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && type.startsWith("text/event-stream")
                && HttpUtil.isTransferEncodingChunked(head)
                && !(head instanceof LastHttpContent);
    }

    private void begin(ChannelHandlerContext context, boolean stream) {
        end();
        Duration every = context.channel().attr(HEARTBEAT).getAndSet(null);
        streaming = stream;
        if (stream && every != null) {
            heartbeat.begin(encoder, every);
        }
    }

    private void end() {
        streaming = false;
        heartbeat.end();
    }

    private static ByteBuf chunk(ChannelHandlerContext context, Chunk event) {
        int length = EventBytes.length(event);
        ByteBuf chunk = context.alloc().ioBuffer(length + FRAME);
        for (int shift = (31 - Integer.numberOfLeadingZeros(length)) & ~3; shift >= 0; shift -= 4) {
            chunk.writeByte(HEX[length >>> shift & 15]);
        }
        chunk.writeShort(LINE_END);
        EventBytes.write(event, chunk);
        return chunk.writeShort(LINE_END);
    }

    /** Where the answer's length is not told by chunks: its end is the connection's. */
    private static ByteBuf plain(ChannelHandlerContext context, Chunk event) {
        ByteBuf plain = context.alloc().ioBuffer(EventBytes.length(event));
        EventBytes.write(event, plain);
        return plain;
    }
}
