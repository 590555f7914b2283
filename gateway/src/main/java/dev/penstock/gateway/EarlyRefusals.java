package dev.penstock.gateway;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.surface.ErrorRenderer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;

/**
 * Refuses what the server could not make a request of, in the words of every other refusal. Without it the server closes with
 * a bare status.
 */
final class EarlyRefusals extends ChannelInboundHandlerAdapter {

    private final ErrorRenderer errors;
    private boolean refused;

    EarlyRefusals(ErrorRenderer errors) {
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isFailure()) {
                refuse(context, message, "/", ofDecoder(request.decoderResult().cause()));
                return;
            }
            if (!isUri(request.uri())) {
                refuse(context, message, request.uri(), Refusal.URI);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    /** What is wrong, with the status that says so. */
    private enum Refusal {
        URI(HttpResponseStatus.BAD_REQUEST, "The request's path is not a URI."),
        LINE(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is longer than allowed."),
        HEADERS(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request's headers are larger than allowed."),
        OTHER(HttpResponseStatus.BAD_REQUEST, "This is no HTTP request (expected: HTTP/1.1).");

        private final HttpResponseStatus status;
        private final String words;

        Refusal(HttpResponseStatus status, String words) {
            this.status = status;
            this.words = words;
        }
    }

    private static Refusal ofDecoder(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Refusal.LINE;
        }
        return cause instanceof TooLongHttpHeaderException ? Refusal.HEADERS : Refusal.OTHER;
    }

    /** Most paths hold nothing that needs a closer look. */
    private static boolean isUri(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '-' && c <= '9' || c == '_' || c >= 'A' && c <= 'Z')) {
                return parses(uri);
            }
        }
        return true;
    }

    private static boolean parses(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private static String source(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
    }

    private void refuse(ChannelHandlerContext context, Object message, String path, Refusal why) {
        refused = true;
        ReferenceCountUtil.release(message);
        String id = "req_" + UUID.randomUUID().toString().replace("-", "");
        GatewayException told = new GatewayException(ErrorCode.REQUEST_INVALID, Told.of(why.words));
        byte[] body = errors.early(path, source(context), told, id);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, why.status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set("x-request-id", id)
                .set("content-type", "application/json")
                .set("content-length", body.length)
                .set("connection", "close");
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
