package dev.penstock.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** Passes over what comes before the answer: 102, 103 and their kind, each an empty message of its own. */
final class EarlyAnswers extends ChannelInboundHandlerAdapter {

    private static final int MOST = 16;

    private int seen;
    private boolean inEarly;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse head) {
            inEarly = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            seen = inEarly ? seen + 1 : 0;
        }
        if (!inEarly) {
            context.fireChannelRead(message);
            return;
        }
        boolean last = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        inEarly = !last;
        if (seen > MOST) {
            context.fireExceptionCaught(new DecoderException("more than " + MOST + " early answers"));
        } else if (last) {
            context.read();
        }
    }
}
