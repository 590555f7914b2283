package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.KeyRing;
import dev.penstock.credential.KeyState;
import dev.penstock.store.register.Register;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How providers and their keys stand, for administrators. */
final class ProviderViews {

    private static final List<String> SHOWN =
            List.of("id", "env", "file", "replaces", "state", "fingerprint", "tested", "promoted");

    private final Register register;
    private final ProviderKeys keys;
    private final BreakerHand breakers;
    private final HealthChecks health;

    ProviderViews(Register register, ProviderKeys keys, BreakerHand breakers, HealthChecks health) {
        this.register = register;
        this.keys = keys;
        this.breakers = breakers;
        this.health = health;
    }

    ObjectNode all(UpstreamSettings settings) {
        ObjectNode body = Json.object();
        ArrayNode providers = body.putArray("providers");
        settings.providers().forEach((name, config) -> {
            ObjectNode view = providers
                    .addObject()
                    .put("name", name)
                    .put("dialect", config.dialect())
                    .put("host", config.baseUrl().map(URI::getHost).orElse(null))
                    .put("usable", config.usable());
            keys.provider(name).ifPresent(provider -> running(provider, view));
        });
        return body;
    }

    private void running(Provider provider, ObjectNode view) {
        view.putObject("breaker")
                .put("state", provider.breaker().getState().name().toLowerCase(Locale.ROOT))
                .put("mode", breakers.mode(provider.name()).wire());
        health.view(provider.name()).ifPresent(check -> view.set("health", check));
        ArrayNode list = view.putArray("keys");
        Set<String> shown = new HashSet<>();
        for (KeyRing.Standing key : provider.keys().standings()) {
            list.add(standing(provider, key));
            shown.add(key.id());
        }
        provider.config().presentKeys().stream()
                .map(ProviderConfig.KeyConfig::id)
                .filter(id -> !shown.contains(id) && !keys.isKept(provider, id))
                .forEach(id -> list.add(waiting(provider, id)));
        register.all().values().stream()
                .filter(document -> Json.string(document, "provider").equals(provider.name()))
                .filter(document -> document.has("state") && !shown.contains(Json.string(document, "id")))
                .forEach(document -> list.add(document(document)));
    }

    /** Declared, and not yet in use. */
    private ObjectNode waiting(Provider provider, String id) {
        ObjectNode view = Json.object().put("id", id).put("state", KeyState.STAGED.wire());
        keys.changes().staged(provider.name(), id).ifPresent(staged -> view.set("staged", staged));
        return view;
    }

    private ObjectNode standing(Provider provider, KeyRing.Standing key) {
        ObjectNode document = register.all().get(ProviderKeys.name(provider.name(), key.id()));
        ObjectNode view = document == null ? Json.object().put("id", key.id()) : document(document);
        view.put("state", key.state().wire())
                .put("fingerprint", key.fingerprint())
                .put("in_flight", key.inFlight())
                .put("rests_ms", key.rests().toMillis());
        provider.config().presentKeys().stream()
                .filter(declared -> declared.id().equals(key.id()))
                .findFirst()
                .ifPresent(declared -> view.put("source", declared.value().isPresent() ? "value" : "file"));
        provider.keys().active().stream()
                .filter(active -> active.label().equals(key.id() + "@" + key.fingerprint()))
                .filter(active -> keys.givenUp().is(provider.name(), active))
                .forEach(active -> view.put("rolled_back", true));
        keys.changes().staged(provider.name(), key.id()).ifPresent(staged -> view.set("staged", staged));
        return view;
    }

    /** What is kept of a key, without what is for the register itself. */
    static ObjectNode document(ObjectNode document) {
        ObjectNode view = Json.object();
        SHOWN.stream().filter(document::has).forEach(member -> view.set(member, document.get(member)));
        return view;
    }
}
