package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a provider for its list of models, to see whether a key is good: no tokens, so no money, and at most six a minute for each
 * provider. Recorded before it leaves. Thread-safe; never waits.
 */
final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST = 6;

    private final EventLog log;
    private final Time time;
    private final Map<String, Spent> spent = new ConcurrentHashMap<>();

    Probe(EventLog log, Time time) {
        this.log = log;
        this.time = time;
    }

    private record Spent(long minute, int count) {}

    /** What a provider thinks of a key. */
    enum Verdict {
        GOOD,
        /** 401 or 403. */
        REFUSED,
        /** Anything else: no answer, or one that says nothing of the key. */
        UNCLEAR,
        /** It was not asked: too many probes this minute, or no record could be written. */
        NOT_ASKED
    }

    /** @param status 0 without an answer */
    record Result(Verdict verdict, int status, Instant at, String fingerprint) {

        ObjectNode view() {
            return Json.object()
                    .put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT))
                    .put("status", status)
                    .put("at", at.toString())
                    .put("fingerprint", fingerprint);
        }
    }

    /** Never fails. */
    CompletableFuture<Result> of(Provider provider, Credential key) {
        if (!spend(provider.name())) {
            return CompletableFuture.completedFuture(result(Verdict.NOT_ASKED, 0, key));
        }
        ObjectNode record = Json.object()
                .put("provider", provider.name())
                .put("key", key.id())
                .put("fingerprint", key.fingerprint());
        return Mono.fromFuture(() -> log.event("probe", record).thenApply(durable -> true))
                .flatMap(durable -> asked(provider, key))
                .onErrorReturn(result(Verdict.NOT_ASKED, 0, key))
                .toFuture();
    }

    private Mono<Result> asked(Provider provider, Credential key) {
        Map<String, String> headers = new HashMap<>(provider.dialect().headers());
        headers.put("accept", "application/json");
        headers.put("user-agent", "penstock");
        headers.putAll(provider.dialect().credential(key.secret()));
        headers.putAll(provider.config().headers());
        return provider.transport()
                .status(provider.dialect().modelsPath(), headers)
                .timeout(PATIENCE)
                .map(status -> result(verdict(status), status, key))
                .onErrorReturn(result(Verdict.UNCLEAR, 0, key));
    }

    private static Verdict verdict(int status) {
        boolean good = status >= 200 && status < 300;
        return good ? Verdict.GOOD : status == 401 || status == 403 ? Verdict.REFUSED : Verdict.UNCLEAR;
    }

    private Result result(Verdict verdict, int status, Credential key) {
        return new Result(verdict, status, time.clock().instant(), key.fingerprint());
    }

    private boolean spend(String provider) {
        long minute = time.clock().millis() / MINUTE_MILLIS;
        Spent now = spent.merge(
                provider,
                new Spent(minute, 1),
                (before, one) -> before.minute() == minute ? new Spent(minute, before.count() + 1) : one);
        return Optional.of(now).filter(it -> it.count() <= MOST).isPresent();
    }
}
