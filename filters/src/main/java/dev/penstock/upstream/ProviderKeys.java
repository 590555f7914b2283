package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.store.register.Register;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the rings of the providers in force to what files and the register say: keys that administrators added or retired, and
 * new contents of files. On a thread of its own, once a second and after each change.
 */
final class ProviderKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private final Register register;
    private final Secrets secrets;
    private final KeyChanges changes;
    private final GivenUp givenUp;
    private final Retirement retirement = new Retirement();
    private final SecurityEvents events;
    private final KnownSecrets known;

    private final Map<String, Provider> current = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "penstock-keys");
        made.setDaemon(true);
        return made;
    });

    ProviderKeys(Register register, Secrets secrets, KeyChanges changes, SecurityEvents events, KnownSecrets known) {
        this.register = register;
        this.givenUp = new GivenUp(register);
        this.secrets = secrets;
        this.changes = changes;
        changes.onTaken(this::taken);
        this.events = events;
        this.known = known;
        register.follow(all -> thread.execute(this::tick));
    }

    /** Looks once a second from now on. */
    void begin() {
        thread.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** What a key of a provider is called in the register. */
    static String name(String provider, String id) {
        return provider + "/" + id;
    }

    Optional<Provider> provider(String name) {
        return Optional.ofNullable(current.get(name));
    }

    KeyChanges changes() {
        return changes;
    }

    GivenUp givenUp() {
        return givenUp;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Where what reads the disk is done. */
    Executor thread() {
        return thread;
    }

    /** These come into force; what the register says of their keys holds before the first request. */
    void serve(Map<String, Provider> providers) {
        current.keySet().retainAll(providers.keySet());
        current.putAll(providers);
        providers.values().forEach(provider -> {
            provider.keys().onRollBack((failed, back) -> rolledBack(provider, failed, back));
            apply(provider);
            giveUp(provider);
        });
        tell();
    }

    private void tell() {
        known.are(current.values().stream()
                .flatMap(provider -> provider.keys().secrets().stream())
                .toList());
    }

    /** One look. */
    void tick() {
        try {
            current.values().forEach(provider -> {
                provider.keys().settle();
                apply(provider);
                provider.config().presentKeys().forEach(key -> look(provider, key.id()));
            });
            tell();
        } catch (RuntimeException unexpected) {
            LOG.error("the keys of providers cannot be looked at", unexpected);
        }
    }

    private void look(Provider provider, String id) {
        if (isRetired(provider, id)) {
            return;
        }
        declared(provider, id)
                .ifPresentOrElse(key -> look(provider, key), () -> changes.forget(name(provider.name(), id)));
    }

    private void look(Provider provider, Credential key) {
        if (givenUp.is(provider.name(), key) && !provider.keys().active().contains(key)) {
            changes.refuse(name(provider.name(), key.id()), key);
        } else {
            changes.look(provider, key);
        }
    }

    /** With the content that it has now. */
    private boolean isRetired(Provider provider, String id) {
        ObjectNode document = register.all().get(name(provider.name(), id));
        return document != null
                && isRetired(document)
                && declared(provider, id)
                        .filter(key -> key.fingerprint().equals(Json.string(document, "fingerprint")))
                        .isPresent();
    }

    private static boolean isRetired(ObjectNode document) {
        return Json.string(document, "state").equals(KeyState.RETIRED.wire());
    }

    /** What becomes active first, so that at no moment there is none, and what is retired has whom to come back for. */
    private void apply(Provider provider) {
        List<ObjectNode> own = register.all().values().stream()
                .filter(document -> Json.string(document, "provider").equals(provider.name()))
                .toList();
        own.stream()
                .filter(document -> Json.string(document, "state").equals(KeyState.ACTIVE.wire()))
                .forEach(document -> activate(provider, Json.string(document, "id"), document));
        own.stream().filter(ProviderKeys::isRetired).forEach(document -> retire(provider, document, own));
    }

    /** A declared key is the retired one only as long as its secret is the same. */
    private void retire(Provider provider, ObjectNode document, List<ObjectNode> own) {
        String id = Json.string(document, "id");
        String fingerprint = Json.string(document, "fingerprint");
        boolean declared = document.path("declared").asBoolean(false);
        retirement.of(
                provider,
                document,
                own,
                key -> key.id().equals(id) && (!declared || key.fingerprint().equals(fingerprint)));
    }

    private void activate(Provider provider, String id, ObjectNode document) {
        if (document.path("declared").asBoolean(false)) {
            declared(provider, id)
                    .filter(key -> key.fingerprint().equals(Json.string(document, "fingerprint")))
                    .ifPresent(key -> provider.keys().activate(key, ""));
            return;
        }
        try {
            Credential key = secrets.of(id, document, provider.config());
            if (key.fingerprint().equals(Json.string(document, "fingerprint"))) {
                provider.keys().activate(key, Json.string(document, "replaces"));
            } else if (document.has("file")) {
                look(provider, key);
            }
        } catch (GatewayException unreadable) {
            LOG.debug("key {}/{}: {}", provider.name(), id, unreadable.getMessage());
        }
    }

    /** As it stands in routes.yml now. */
    Optional<Credential> declared(Provider provider, String id) {
        return provider.config().presentKeys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .flatMap(key -> key.value().or(() -> key.file().flatMap(secrets::in)))
                .map(secret -> new Credential(id, secret));
    }

    /** What stood in for it goes. So that a restart does not ask again, the register is told. */
    private void taken(Provider provider, Credential key) {
        provider.keys().drainAll(old -> !isDeclared(provider, old.id()) && !isKept(provider, old.id()));
        if (isKept(provider, key.id())) {
            register.change(
                    name(provider.name(), key.id()),
                    before -> (before == null ? Json.object() : before)
                            .put("fingerprint", key.fingerprint())
                            .put("state", KeyState.ACTIVE.wire()));
        }
    }

    static boolean isDeclared(Provider provider, String id) {
        return provider.config().presentKeys().stream().anyMatch(key -> key.id().equals(id));
    }

    /** Whether an administrator ever touched it. */
    boolean isKept(Provider provider, String id) {
        ObjectNode document = register.all().get(name(provider.name(), id));
        return document != null && document.has("state");
    }

    /** One that failed before goes where another is left; where none is, there is nothing better. */
    private void giveUp(Provider provider) {
        List<Credential> active = provider.keys().active();
        List<Credential> failed =
                active.stream().filter(key -> givenUp.is(provider.name(), key)).toList();
        if (!failed.isEmpty() && failed.size() < active.size()) {
            provider.keys().drainAll(failed::contains);
        } else {
            failed.forEach(key -> LOG.warn(
                    "key {}/{} was rolled back before and is used all the same: there is no other (expected: another key)",
                    provider.name(),
                    key.id()));
        }
    }

    private void rolledBack(Provider provider, Credential failed, Credential old) {
        givenUp.add(provider.name(), failed);
        LOG.warn("key {}/{}: the provider refuses it in use; {} is back", provider.name(), failed.id(), old.id());
        events.tell(new SecurityEvent(
                SecurityEvent.Kind.PROVIDER_KEY_ROLLED_BACK,
                name(provider.name(), failed.id()),
                Map.of("provider", provider.name(), "failed", failed.label(), "back", old.label())));
        if (!failed.id().equals(old.id())) {
            mark(provider, old.id(), KeyState.ACTIVE);
            mark(provider, failed.id(), KeyState.RETIRED);
        }
    }

    /** Others learn of it; a key that no administrator ever touched needs no state. */
    private void mark(Provider provider, String id, KeyState state) {
        if (isKept(provider, id)) {
            register.change(
                    name(provider.name(), id),
                    before -> (before == null ? Json.object() : before).put("state", state.wire()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
