package dev.penstock.upstream;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import dev.penstock.credential.KeyState;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where administrators stage, test, promote and retire keys of providers, and hold breakers. Thread-safe; never waits. */
public final class ProviderDesk {

    private final Register register;
    private final ProviderKeys keys;
    private final Probe probe;
    private final BreakerHand breakers;
    private final HealthChecks health;
    private final KeyLeave leave;

    ProviderDesk(Register register, ProviderKeys keys, Probe probe, BreakerHand breakers, HealthChecks health) {
        this.register = register;
        this.keys = keys;
        this.probe = probe;
        this.breakers = breakers;
        this.health = health;
        this.leave = new KeyLeave(register, keys, Clock.systemUTC());
    }

    /**
     * A key that is to be staged.
     *
     * @param reference with {@code env} or {@code file}
     * @param replaces the id of the key whose place it takes when it is promoted; empty for the only one there is, or for none
     */
    public record Wanted(String id, ObjectNode reference, String replaces) {}

    public CompletableFuture<ObjectNode> stage(String provider, Wanted wanted) {
        Provider of = provider(provider);
        String name = ProviderKeys.name(provider, wanted.id());
        return CompletableFuture.supplyAsync(
                        () -> keys.sources().of(of, wanted.id(), wanted.reference()), keys.thread())
                .thenCompose(key -> register.change(name, before -> {
                    if (ProviderKeys.isDeclared(of, wanted.id())
                            || before != null
                                    && before.has("state")
                                    && !state(before).equals(KeyState.RETIRED.wire())) {
                        throw GatewayException.invalid("id", "is that of another key", "an id of its own");
                    }
                    ObjectNode next = Json.object().put("provider", provider).put("id", wanted.id());
                    next.setAll(wanted.reference());
                    return next.put("replaces", replaces(of, wanted))
                            .put("fingerprint", key.fingerprint())
                            .put("state", KeyState.STAGED.wire());
                }))
                .thenApply(document -> ProviderViews.document(document));
    }

    private static String replaces(Provider provider, Wanted wanted) {
        List<String> active = active(provider);
        if (wanted.replaces().isEmpty()) {
            return active.size() == 1 ? active.get(0) : "";
        }
        if (!active.contains(wanted.replaces())) {
            throw GatewayException.invalid("replaces", "is no active key", "one of " + String.join(", ", active));
        }
        return wanted.replaces();
    }

    /** Asks the provider what it thinks of a key. */
    public CompletableFuture<ObjectNode> test(String provider, String id) {
        return tested(provider(provider), id)
                .thenApply(result ->
                        Json.object().put("provider", provider).put("id", id).<ObjectNode>set("tested", result.view()));
    }

    private CompletableFuture<Probe.Result> tested(Provider provider, String id) {
        String name = ProviderKeys.name(provider.name(), id);
        return CompletableFuture.supplyAsync(() -> credential(provider, id), keys.thread())
                .thenCompose(key -> probe.of(provider, key)
                        .thenCompose(result -> forgiven(provider, key, result).thenApply(done -> result)))
                .thenCompose(result -> register.all().containsKey(name)
                        ? register.change(
                                        name,
                                        before -> (before == null ? Json.object() : before)
                                                .<ObjectNode>set("tested", result.view()))
                                .thenApply(kept -> result)
                        : CompletableFuture.completedFuture(result));
    }

    private Credential credential(Provider provider, String id) {
        ObjectNode document = register.all().get(ProviderKeys.name(provider.name(), id));
        return document != null && Secrets.isReference(document)
                ? keys.sources().of(provider, id, document)
                : keys.sources().declared(provider, id).orElseThrow(() -> unknown(id));
    }

    /** One that failed in use may be taken again when the provider takes it again. */
    private CompletableFuture<?> forgiven(Provider provider, Credential key, Probe.Result result) {
        return result.verdict() == Probe.Verdict.GOOD
                ? keys.givenUp().forgive(provider.name(), key)
                : CompletableFuture.completedFuture(null);
    }

    /** Tests it, and takes it into use only when the provider takes it; the key that it replaces drains. */
    public CompletableFuture<ObjectNode> promote(String provider, String id) {
        Provider of = provider(provider);
        String name = ProviderKeys.name(provider, id);
        if (!keys.isKept(of, id)) {
            throw ProviderKeys.isDeclared(of, id)
                    ? GatewayException.invalid("id", "is in use", "a staged or retired key")
                    : unknown(id);
        }
        return tested(of, id).thenCompose(result -> {
            if (result.verdict() != Probe.Verdict.GOOD) {
                throw GatewayException.invalid(
                        "id",
                        "is a key that the provider does not take ("
                                + result.view().path("verdict").asString() + ", status " + result.status() + ")",
                        "a key that it does");
            }
            return register.change(name, before -> promoted(before, result))
                    .thenCompose(active -> replaced(of, active).thenApply(done -> ProviderViews.document(active)));
        });
    }

    private static ObjectNode promoted(@Nullable ObjectNode before, Probe.Result result) {
        return (before == null ? Json.object() : before)
                .put("state", KeyState.ACTIVE.wire())
                .put("fingerprint", result.fingerprint())
                .put("promoted", result.at().toString());
    }

    /** The one whose place it took goes; not when it failed in the meantime, and that one is back. */
    private CompletableFuture<?> replaced(Provider provider, ObjectNode active) {
        String replaces = Json.string(active, "replaces");
        if (replaces.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        String name = ProviderKeys.name(provider.name(), Json.string(active, "id"));
        // at its instant: a roll-back of it that is told later has to bring the old one back
        return leave.retire(provider, replaces, () -> Json.string(active, "promoted"), () -> {
            ObjectNode now = register.all().get(name);
            if (now == null || !state(now).equals(KeyState.ACTIVE.wire())) {
                throw GatewayException.invalid("id", "failed in use and was rolled back", "a key that works");
            }
        });
    }

    /** Takes it out of use; its requests run to their end. */
    public CompletableFuture<ObjectNode> retire(String provider, String id) {
        return leave.retire(provider(provider), id).thenApply(ProviderViews::document);
    }

    /** @param word open, close or auto */
    public CompletableFuture<ObjectNode> breaker(String provider, String word) {
        provider(provider);
        BreakerHand.Mode mode = BreakerHand.Mode.valueOf(word.toUpperCase(Locale.ROOT));
        return breakers.hold(provider, mode)
                .thenApply(kept -> Json.object().put("provider", provider).put("breaker", mode.wire()));
    }

    /** All providers of the configuration with their keys; never a secret. */
    public ObjectNode all(UpstreamSettings settings) {
        return new ProviderViews(register, keys, breakers, health).all(settings);
    }

    private static List<String> active(Provider provider) {
        return provider.keys().standings().stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .map(KeyRing.Standing::id)
                .toList();
    }

    private static String state(ObjectNode document) {
        return Json.string(document, "state");
    }

    private Provider provider(String name) {
        return keys.provider(name)
                .orElseThrow(
                        () -> new GatewayException(
                                ErrorCode.ROUTE_UNKNOWN,
                                Told.of(
                                        "There is no such provider in use (expected: one that GET /admin/providers shows as usable).")));
    }

    static GatewayException unknown(String id) {
        return new GatewayException(
                ErrorCode.ROUTE_UNKNOWN,
                Told.of("There is no key of this id (expected: one that GET /admin/providers shows)."));
    }
}
