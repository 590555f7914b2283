package dev.penstock.surface;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sets response headers where reactor-netty keeps them. Spring's view of them knows names as texts only, which are hashed and
 * encoded letter by letter each time.
 */
interface HeaderSink {

    void set(AsciiString name, String value);

    /** Where somebody in front has headers of its own, they are told to it. */
    static HeaderSink of(ServerHttpResponse response) {
        HttpHeaders netty = netty(response);
        if (netty != null) {
            return netty::set;
        }
        return (name, value) -> response.getHeaders().set(name.toString(), value);
    }

    private static @Nullable HttpHeaders netty(ServerHttpResponse response) {
        ServerHttpResponse inner = response;
        while (inner instanceof ServerHttpResponseDecorator decorator) {
            inner = decorator.getDelegate();
        }
        try {
            return inner instanceof AbstractServerHttpResponse spring
                            && inner.getHeaders() == response.getHeaders()
                            && spring.getNativeResponse() instanceof HttpServerResponse known
                    ? known.responseHeaders()
                    : null;
        } catch (IllegalStateException noServer) {
            return null;
        }
    }
}
