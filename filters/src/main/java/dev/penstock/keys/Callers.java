package dev.penstock.keys;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Loop;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.exchange.Settings;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The services that may call, by the keys that requests carry: those of routes.yml and those that were issued. Thread-safe. */
public final class Callers {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final DataPort port;
    private final KeyStore store;
    private final LastUse uses;
    private final SecurityEvents events;
    private final Bursts bursts;
    private final Identities identities;

    Callers(DataPort port, KeyStore store, LastUse uses, SecurityEvents events, Clock clock) {
        this.port = port;
        this.store = store;
        this.uses = uses;
        this.events = events;
        this.bursts = new Bursts(events, clock);
        this.identities = new Identities(clock);
    }

    /**
     * The caller that a service's key stands for, by their names; empty when the configuration has none such.
     *
     * @param keyId empty for the service's first key
     */
    public static Optional<Caller> named(String service, String keyId, Settings settings) {
        CallerSettings callers = settings.get(CallerSettings.class);
        CallerSettings.ServiceConfig config = callers.services().get(service);
        if (config == null) {
            return Optional.empty();
        }
        return config.keys().stream()
                .map(CallerSettings.CallerKeyConfig::id)
                .filter(id -> keyId.isEmpty() || id.equals(keyId))
                .findFirst()
                .map(id -> new Caller(service, config.team().orElse(""), id, config.models()));
    }

    /**
     * The caller of a request. Fails with {@code key_unknown} when there is no key, more than one, a malformed, an unknown or a
     * revoked one; with {@code overloaded} when the key may have been issued and nobody can say. Never waits for a key that is
     * known here, once all keys were read.
     */
    public Mono<Caller> of(ServerHttpRequest request, Settings settings) {
        return store.first().isOver()
                ? asked(request, settings)
                : store.first().await().publishOn(loop(request)).then(Mono.defer(() -> asked(request, settings)));
    }

    private static Scheduler loop(ServerHttpRequest request) {
        return Schedulers.fromExecutor(Loop.of(request));
    }

    private Mono<Caller> asked(ServerHttpRequest request, Settings settings) {
        Mono<Caller> found;
        try {
            found = found(request, settings);
        } catch (GatewayException refused) {
            count(refused, request);
            return Mono.error(refused);
        } catch (RuntimeException broken) {
            return Mono.error(broken);
        }
        // what is there already does not fail any more
        return found instanceof Callable<?>
                ? found
                : found.doOnError(GatewayException.class, refused -> count(refused, request));
    }

    private Mono<Caller> found(ServerHttpRequest request, Settings settings) {
        String key = CallerKey.in(request.getHeaders());
        if (key.isEmpty()) {
            return Mono.just(
                    identities.certified(request, settings).orElseThrow(() -> unknown("the request carries no key")));
        }
        KeyTable.Entry entry = table(settings).find(key);
        if (entry != null) {
            return Mono.just(declared(entry, request.getHeaders()));
        }
        return identities.isToken(key, settings) ? identities.token(key, settings) : issued(key, request, settings);
    }

    private Caller declared(KeyTable.Entry entry, HttpHeaders headers) {
        Caller caller = entry.caller();
        if (entry.loopbackOnly() && (port == DataPort.OPEN || forwarded(headers))) {
            throw unknown("key '" + caller.keyId() + "' serves loopback only");
        }
        if (store.isRevoked(entry.hex())) {
            throw revoked(entry.id(), caller.service());
        }
        uses.used(entry.id());
        return caller;
    }

    private Mono<Caller> issued(String key, ServerHttpRequest request, Settings settings) {
        if (KeyForm.CALLER.id(key).isEmpty()) {
            throw unknown("no live key matches");
        }
        CompletableFuture<Optional<KeyStore.Lookup>> found = store.find(key);
        if (found.isDone() && !found.isCompletedExceptionally()) {
            return Mono.just(live(found.join(), settings));
        }
        return Mono.fromFuture(found)
                .publishOn(loop(request))
                .onErrorMap(away -> new GatewayException(
                        ErrorCode.OVERLOADED,
                        Told.of("Issued keys cannot be looked up now; see Retry-After.")
                                .after(SOON),
                        "the store of keys does not answer"))
                .map(lookup -> live(lookup, settings));
    }

    private Caller live(Optional<KeyStore.Lookup> found, Settings settings) {
        KeyStore.Lookup lookup = found.orElseThrow(() -> unknown("no live key matches"));
        IssuedKey key = lookup.key();
        switch (lookup.state()) {
            case REVOKED -> throw revoked(key.id(), key.service());
            case EXPIRED -> throw unknown("key '" + key.id() + "' has expired");
            default -> uses.used(key.id());
        }
        CallerSettings.ServiceConfig config =
                settings.get(CallerSettings.class).services().get(key.service());
        if (config == null) {
            throw unknown("key '" + key.id() + "' is of a service that is not declared any more");
        }
        return new Caller(key.service(), config.team().orElse(""), key.id(), config.models());
    }

    private GatewayException revoked(String id, String service) {
        events.tell(new SecurityEvent(SecurityEvent.Kind.REVOKED_KEY_USED, id, Map.of("key", id, "service", service)));
        return unknown("key '" + id + "' is revoked");
    }

    private void count(GatewayException refused, ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        if (refused.code() == ErrorCode.KEY_UNKNOWN && remote != null && remote.getAddress() != null) {
            bursts.refused(remote.getAddress().getHostAddress());
        }
    }

    /** Whether a loopback-only key is declared that is not served, because the data port is open to others. */
    public boolean loopbackKeysOff(Settings settings) {
        return port == DataPort.OPEN && table(settings).hasLoopbackOnly();
    }

    static GatewayException unknown(String detail) {
        return new GatewayException(ErrorCode.KEY_UNKNOWN, Told.NOTHING, detail);
    }

    private static KeyTable table(Settings settings) {
        return settings.derive(KeyTable.class, it -> KeyTable.of(it.get(CallerSettings.class)));
    }

    private static boolean forwarded(HttpHeaders headers) {
        for (String name : headers.headerNames()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-forwarded-") || DataPort.FORWARDED.contains(lower)) {
                return true;
            }
        }
        return false;
    }
}
