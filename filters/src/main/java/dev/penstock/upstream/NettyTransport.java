package dev.penstock.upstream;

import dev.penstock.exchange.AddressGuard;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * The network: one bounded pool of HTTP/1.1 connections a provider. No redirects, no retries of its own, no content coding; the
 * address that a name resolved to is checked when the connection is made.
 */
final class NettyTransport implements Transport {

    private static final String EARLY = "penstock-early-answers";
    private static final int LARGEST_HEAD = 64 * 1024;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

    private final HttpClient client;
    private final TcpClient line;
    private final String base;

    /** Nearly all requests to a provider go to the same path. */
    private volatile @Nullable Addressed addressed;

    private record Addressed(String path, HttpClient.RequestSender sender) {}

    NettyTransport(String name, ProviderConfig config, URI baseUrl) {
        this.base = withoutSlash(baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath());
        boolean secure = "https".equalsIgnoreCase(baseUrl.getScheme());
        int port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        InetSocketAddress address = InetSocketAddress.createUnresolved(host(baseUrl), port);
        HttpClient plain = client(name, config).remoteAddress(() -> address);
        this.client = secure ? plain.secure() : plain;
        TcpClient open = line(config).remoteAddress(() -> address);
        this.line = secure ? open.secure() : open;
    }

    /** For connections that are made to see whether they can be. */
    private static TcpClient line(ProviderConfig config) {
        TcpClient open = TcpClient.newConnection()
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.timeout().connect().toMillis()));
        return config.allowPrivate()
                ? open
                : open.doOnChannelInit(
                        (observer, channel, address) -> channel.pipeline().addFirst(new AddressGuard()));
    }

    private static HttpClient client(String name, ProviderConfig config) {
        ConnectionProvider pool = ConnectionProvider.builder("penstock-" + name)
                .maxConnections(config.concurrency())
                .pendingAcquireMaxCount(config.concurrency())
                .pendingAcquireTimeout(config.timeout().connect())
                .maxIdleTime(IDLE_CONNECTION)
                .evictInBackground(IDLE_CONNECTION)
                .build();
        HttpClient client = HttpClient.create(pool)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.timeout().connect().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .httpResponseDecoder(spec -> spec.maxHeaderSize(LARGEST_HEAD));
        HttpClient strict = client.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, EARLY, new EarlyAnswers()));
        return config.allowPrivate()
                ? strict
                : strict.doOnChannelInit(
                        (observer, channel, address) -> channel.pipeline().addFirst(new AddressGuard()));
    }

    /** Without the brackets of an IPv6 literal. */
    private static String host(URI baseUrl) {
        return baseUrl.getHost().replaceAll("^\\[|]$", "");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public <T> Flux<T> send(Outgoing outgoing, Function<Reply, Mono<T>> read) {
        return to(outgoing.path())
                .send((request, out) -> write(request, out, outgoing))
                .responseConnection((response, connection) -> read.apply(reply(response, connection)));
    }

    private HttpClient.RequestSender to(String path) {
        Addressed last = addressed;
        if (last == null || !last.path().equals(path)) {
            last = new Addressed(
                    path,
                    client.headers(NettyTransport::usual)
                            .request(HttpMethod.POST)
                            .uri(base + path));
            addressed = last;
        }
        return last.sender();
    }

    private static void usual(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.ACCEPT, "application/json");
        headers.set(HttpHeaderNames.USER_AGENT, "penstock");
    }

    @Override
    public Mono<Integer> status(String path, Map<String, String> headers) {
        return client.headers(all -> headers.forEach(all::set))
                .get()
                .uri(base + path)
                .response()
                .map(response -> response.status().code());
    }

    @Override
    public Mono<Void> connect() {
        return line.connect().doOnNext(Connection::dispose).then();
    }

    /** What nearly every request has is there by now: to look whether it is costs less than to check and set it again. */
    private static Publisher<Void> write(HttpClientRequest request, NettyOutbound out, Outgoing outgoing) {
        HttpHeaders headers = request.requestHeaders();
        for (Map.Entry<String, String> header : outgoing.headers().entrySet()) {
            if (!header.getValue().equals(headers.get(header.getKey()))) {
                headers.set(header.getKey(), header.getValue());
            }
        }
        return out.sendObject(Unpooled.wrappedBuffer(outgoing.body()));
    }

    private static Reply reply(HttpClientResponse response, Connection connection) {
        HttpHeaders headers = response.responseHeaders();
        return new Reply(
                response.status().code(),
                last(HttpHeaderNames.CONTENT_TYPE, headers),
                last(HttpHeaderNames.CONTENT_ENCODING, headers),
                () -> all(headers),
                connection.inbound().receive(),
                connection::dispose);
    }

    /** Of several the last, as in {@link #all}. */
    private static @Nullable String last(AsciiString name, HttpHeaders headers) {
        String found = null;
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            if (name.contentEqualsIgnoreCase(header.getKey())) {
                found = header.getValue().toString();
            }
        }
        return found;
    }

    private static Map<String, String> all(HttpHeaders headers) {
        Map<String, String> all = new HashMap<>();
        headers.forEach(header -> all.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return all;
    }
}
