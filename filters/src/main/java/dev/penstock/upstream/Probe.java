package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.exchange.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a provider whether a key is good: for its list of models, which costs nothing, or, where that says nothing of the key, for
 * one token. Recorded before it leaves. Thread-safe; never waits.
 */
final class Probe {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What says that a provider lists no models. */
    private static final Set<Integer> NO_LIST = Set.of(404, 405, 501);

    /** What says that a provider had no time for the question. */
    private static final Set<Integer> BUSY = Set.of(408, 429);

    private final EventLog log;
    private final Time time;
    private final ProbeBudget budget;
    private volatile Map<String, String> models = Map.of();

    Probe(EventLog log, Time time) {
        this.log = log;
        this.time = time;
        this.budget = new ProbeBudget(time);
    }

    /** What a provider thinks of a key. */
    enum Verdict {
        GOOD,
        /** 401 or 403, or what the dialect says is one. */
        REFUSED,
        /** Anything else: no answer, or one that says nothing of the key. */
        UNCLEAR,
        /** It was not asked: too many probes, no model to call, or no record could be written. */
        NOT_ASKED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param status 0 without an answer
     * @param model that was called; empty where only the list was asked for
     */
    record Result(Verdict verdict, int status, Instant at, String fingerprint, String model) {

        ObjectNode view() {
            ObjectNode view = Json.object()
                    .put("verdict", verdict.wire())
                    .put("status", status)
                    .put("by", model.isEmpty() ? "models" : "call")
                    .put("at", at.toString())
                    .put("fingerprint", fingerprint);
            return model.isEmpty() ? view : view.put("model", model);
        }
    }

    /** Whom a call asks, by provider. */
    void serve(Map<String, String> callable) {
        models = callable;
    }

    /** Never fails. */
    CompletableFuture<Result> of(Provider provider, Credential key) {
        if (!budget.probe(provider.name())) {
            return CompletableFuture.completedFuture(result(Verdict.NOT_ASKED, 0, key, ""));
        }
        boolean call = provider.config().probe().by() == ProbeConfig.By.CALL;
        Mono<Result> probe = call ? called(provider, key, 0) : listed(provider, key);
        return probe.onErrorReturn(result(Verdict.NOT_ASKED, 0, key, "")).toFuture();
    }

    private Mono<Result> listed(Provider provider, Credential key) {
        return recorded(record(provider, key).put("by", "models"))
                .then(Mono.defer(() -> status(provider, key)))
                .flatMap(status -> {
                    if (NO_LIST.contains(status)) {
                        return called(provider, key, status);
                    }
                    if (status < 200 || status >= 300) {
                        boolean refused = status == 401 || status == 403;
                        return Mono.just(result(refused ? Verdict.REFUSED : Verdict.UNCLEAR, status, key, ""));
                    }
                    return status(provider, null).flatMap(open -> held(provider, key, status, open));
                });
    }

    /**
     * Whether it was the key that opened the list.
     *
     * @param open status of the list without a key; only one that refuses the question proves that a key is needed
     */
    private Mono<Result> held(Provider provider, Credential key, int status, int open) {
        if (open >= 200 && open < 300) {
            return called(provider, key, status);
        }
        boolean refused = open >= 400 && open < 500 && !BUSY.contains(open);
        return Mono.just(refused ? result(Verdict.GOOD, status, key, "") : result(Verdict.UNCLEAR, open, key, ""));
    }

    /** Of the list of models; without a key it tells whether anybody gets it. 0 when there was no answer. */
    private static Mono<Integer> status(Provider provider, @Nullable Credential key) {
        Map<String, String> headers = new HashMap<>(headers(provider));
        if (key != null) {
            headers.putAll(provider.dialect().credential(key.secret()));
        }
        headers.putAll(provider.config().headers());
        return provider.transport()
                .status(provider.dialect().modelsPath(), headers)
                .timeout(PATIENCE)
                .onErrorReturn(0);
    }

    /** What every probe carries, before what is configured. */
    static Map<String, String> headers(Provider provider) {
        Map<String, String> headers = new HashMap<>(provider.dialect().headers());
        headers.put("accept", "application/json");
        headers.put("user-agent", "penstock");
        return headers;
    }

    /** @param status of the list of models, which said nothing */
    private Mono<Result> called(Provider provider, Credential key, int status) {
        String model = models.getOrDefault(provider.name(), "");
        if (model.isEmpty() || !budget.call(provider)) {
            String why = model.isEmpty() ? "no model of it is named" : "it had its calls of today";
            LOG.warn("key {}/{} cannot be probed by a call: {}", provider.name(), key.id(), why);
            return Mono.just(result(Verdict.NOT_ASKED, status, key, ""));
        }
        ObjectNode record =
                record(provider, key).put("by", "call").put("model", model).put("max_tokens", 1);
        return recorded(record)
                .then(Mono.defer(() -> ProbeCall.of(provider, key, model)
                        .timeout(PATIENCE)
                        .onErrorReturn(new ProbeCall.Told(Verdict.UNCLEAR, 0, null))))
                .flatMap(told -> recorded(ended(record, told)).onErrorComplete().thenReturn(told))
                .map(told -> result(told.verdict(), told.status(), key, model));
    }

    private static ObjectNode ended(ObjectNode record, ProbeCall.Told told) {
        ObjectNode end = record.deepCopy().put("verdict", told.verdict().wire()).put("status", told.status());
        if (told.usage() != null) {
            end.put("input", told.usage().input()).put("output", told.usage().output());
        }
        return end;
    }

    private Mono<Void> recorded(ObjectNode record) {
        return Mono.fromFuture(() -> log.event("probe", record).thenApply(durable -> true))
                .then();
    }

    private static ObjectNode record(Provider provider, Credential key) {
        return Json.object()
                .put("provider", provider.name())
                .put("key", key.id())
                .put("fingerprint", key.fingerprint());
    }

    private Result result(Verdict verdict, int status, Credential key, String model) {
        return new Result(verdict, status, time.clock().instant(), key.fingerprint(), model);
    }
}
