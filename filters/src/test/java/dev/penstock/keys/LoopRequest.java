package dev.penstock.keys;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.local.LocalChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;

/** A request with a key, of a connection that has an event loop of its own. */
final class LoopRequest extends AbstractServerHttpRequest implements AutoCloseable {

    static final String THREAD = "loop-of-the-request";

    private final DefaultEventLoop loop = new DefaultEventLoop(new DefaultThreadFactory(THREAD, true));
    private final LocalChannel channel = new LocalChannel();

    LoopRequest(String key) {
        super(HttpMethod.POST, URI.create("/"), null, headers(key));
        loop.register(channel).syncUninterruptibly();
    }

    private static HttpHeaders headers(String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("x-api-key", key);
        return headers;
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getNativeRequest() {
        return (T) Connection.from(channel);
    }

    @Override
    public Flux<org.springframework.core.io.buffer.DataBuffer> getBody() {
        return Flux.empty();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
