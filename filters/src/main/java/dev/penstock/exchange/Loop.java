package dev.penstock.exchange;

import java.util.concurrent.Executor;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;

/** Finds the event loop that a request belongs to. */
public final class Loop {

    private static final Executor SAME_THREAD = Runnable::run;

    private Loop() {}

    /** Runs at once, on the caller's thread, where there is no network, as in tests. */
    public static Executor of(ServerHttpRequest request) {
        ServerHttpRequest bare = request;
        while (bare instanceof ServerHttpRequestDecorator decorator) {
            bare = decorator.getDelegate();
        }
        if (!(bare instanceof AbstractServerHttpRequest)) {
            return SAME_THREAD;
        }
        return of((AbstractServerHttpRequest) bare);
    }

    private static Executor of(AbstractServerHttpRequest request) {
        try {
            Object natively = request.getNativeRequest();
            return natively instanceof Connection connection
                    ? connection.channel().eventLoop()
                    : SAME_THREAD;
        } catch (IllegalStateException noServer) {
            return SAME_THREAD;
        }
    }
}
