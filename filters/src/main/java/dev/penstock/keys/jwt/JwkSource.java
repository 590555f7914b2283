package dev.penstock.keys.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.penstock.core.Json;
import dev.penstock.exchange.AddressGuard;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The keys that an issuer publishes. Fetched when one is asked for that is not known, ten seconds after the last time at the soonest,
 * and beside the work when they are older than five minutes. Thread-safe; never blocks.
 */
final class JwkSource {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final long OLD_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long PAUSE_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int LARGEST = 512 * 1024;

    private final JwtConfig config;
    private final Clock clock;
    private final HttpClient client;
    private volatile JWKSet keys = new JWKSet();
    private volatile boolean known;
    private long fetched;
    private @Nullable Mono<JWKSet> fetching;

    JwkSource(JwtConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        HttpClient open = HttpClient.create(ConnectionProvider.newConnection())
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .responseTimeout(PATIENCE);
        this.client = config.allowPrivate()
                ? open
                : open.doOnChannelInit(
                        (observer, channel, address) -> channel.pipeline().addFirst(new AddressGuard()));
    }

    /** The key of this id, or the only one when a token names none; empty when the issuer has no such. Fails when nobody can say. */
    Mono<JWK> key(@Nullable String id) {
        Optional<JWK> found = find(keys, id);
        if (found.isPresent()) {
            if (isOlderThan(OLD_MILLIS)) {
                fetch().subscribe(fresh -> {}, away -> {});
            }
            return Mono.just(found.get());
        }
        return known && !isOlderThan(PAUSE_MILLIS)
                ? Mono.empty()
                : fetch().flatMap(fresh -> Mono.justOrEmpty(find(fresh, id)));
    }

    private static Optional<JWK> find(JWKSet keys, @Nullable String id) {
        if (id != null) {
            return Optional.ofNullable(keys.getKeyByKeyId(id));
        }
        return keys.size() == 1 ? Optional.of(keys.getKeys().get(0)) : Optional.empty();
    }

    private synchronized boolean isOlderThan(long millis) {
        return clock.millis() - fetched > millis;
    }

    /** One at a time, for all who wait. */
    private synchronized Mono<JWKSet> fetch() {
        Mono<JWKSet> running = fetching;
        if (running == null) {
            running = address()
                    .flatMap(this::get)
                    .map(JwkSource::parsed)
                    .timeout(PATIENCE.multipliedBy(2))
                    .doOnNext(this::take)
                    .doOnError(away -> LOG.warn(
                            "the keys of issuer {} cannot be fetched ({})",
                            config.issuer(),
                            away.getClass().getSimpleName()))
                    .doOnTerminate(this::over)
                    .cache();
            fetching = running;
        }
        return running;
    }

    private synchronized void take(JWKSet fresh) {
        keys = fresh;
        known = true;
        fetched = clock.millis();
    }

    private synchronized void over() {
        fetching = null;
    }

    private Mono<URI> address() {
        if (config.jwks().isPresent()) {
            return Mono.just(config.jwks().get());
        }
        String issuer = config.issuer().replaceAll("/$", "");
        return get(URI.create(issuer + "/.well-known/openid-configuration"))
                .map(text -> URI.create(Json.string(Json.LENIENT_DEPTH.read(text), "jwks_uri")))
                .doOnNext(this::check);
    }

    private void check(URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme()) && !config.allowPrivate()) {
            throw new IllegalStateException("jwks_uri is not https");
        }
    }

    private Mono<String> get(URI address) {
        return client.get()
                .uri(address)
                .responseSingle((response, body) -> response.status().code() == 200
                        ? body.asByteArray()
                        : Mono.error(new IllegalStateException(
                                "status " + response.status().code())))
                .filter(bytes -> bytes.length <= LARGEST)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("nothing, or too much")));
    }

    private static JWKSet parsed(String text) {
        try {
            return JWKSet.parse(text).toPublicJWKSet();
        } catch (ParseException broken) {
            throw new IllegalStateException("no set of keys", broken);
        }
    }
}
