package dev.penstock.surface;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.netty.http.server.HttpServerResponse;

/** Tests for {@link HeaderSink}. */
class HeaderSinkTests {

    private static final AsciiString NAME = AsciiString.cached("x-some-name");

    private final HttpHeaders netty = new DefaultHttpHeaders();
    private final ServerHttpResponse spring = new MockServerHttpResponse() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T getNativeResponse() {
            return (T) Proxy.newProxyInstance(
                    HttpServerResponse.class.getClassLoader(),
                    new Class<?>[] {HttpServerResponse.class},
                    (proxy, method, arguments) -> netty);
        }
    };

    @Test
    void headersGoToReactorNettyPastDecoratorsThatHaveNoneOfTheirOwn() {
        HeaderSink.of(new ServerHttpResponseDecorator(spring)).set(NAME, "it");
        assertThat(netty.get(NAME)).isEqualTo("it");
    }

    @Test
    void aDecoratorWithHeadersOfItsOwnIsToldThem() {
        org.springframework.http.HttpHeaders own = new org.springframework.http.HttpHeaders();
        HeaderSink.of(new ServerHttpResponseDecorator(spring) {
                    @Override
                    public org.springframework.http.HttpHeaders getHeaders() {
                        return own;
                    }
                })
                .set(NAME, "it");
        assertThat(own.getFirst("x-some-name")).isEqualTo("it");
        assertThat(netty).isEmpty();
    }
}
