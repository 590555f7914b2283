package dev.penstock.exchange;

import dev.penstock.core.Addresses;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Refuses to connect to addresses that are not public, whatever name led there and whenever it was resolved. */
public final class AddressGuard extends ChannelOutboundHandlerAdapter {

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && Addresses.isPublic(inet.getAddress())) {
            context.connect(remote, local, promise);
            return;
        }
        promise.setFailure(new ConnectException("the address is not public (expected: allow-private: true)"));
    }
}
