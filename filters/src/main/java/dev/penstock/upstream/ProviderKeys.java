package dev.penstock.upstream;

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
import org.jspecify.annotations.Nullable;
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
    private final KeySources sources;
    private final KeyChanges changes;
    private final GivenUp givenUp;
    private final Retirement retirement;
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
        this.retirement = new Retirement(givenUp);
        this.sources = new KeySources(secrets);
        this.changes = changes;
        changes.onGood((provider, key) -> thread.execute(() -> take(provider, key)));
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

    KeySources sources() {
        return sources;
    }

    /** Where what reads the disk is done. */
    Executor thread() {
        return thread;
    }

    /** These come into force; what the register says of their keys holds before the first request. */
    void serve(Map<String, Provider> providers) {
        providers.values().forEach(provider -> {
            provider.keys().onRollBack((failed, back) -> rolledBack(provider, failed, back));
            apply(provider);
        });
        // not before: a look in between takes their keys for settled
        current.keySet().retainAll(providers.keySet());
        current.putAll(providers);
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
            givenUp.repeat();
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
        sources.declared(provider, id)
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
                && Retired.is(document)
                && sources.declared(provider, id)
                        .filter(key -> Retired.names(document, key.fingerprint()))
                        .isPresent();
    }

    /**
     * What becomes active first, so that at no moment there is none, and what is retired has whom to come back for. What failed goes
     * before what is retired, which may be all that is left then.
     */
    private void apply(Provider provider) {
        List<ObjectNode> own = register.all().values().stream()
                .filter(document -> Json.string(document, "provider").equals(provider.name()))
                .toList();
        own.stream()
                .filter(ProviderKeys::isActive)
                .forEach(document -> activate(provider, Json.string(document, "id"), document));
        givenUp.takeOut(provider);
        retirement.of(provider, own);
    }

    static boolean isActive(ObjectNode document) {
        return Json.string(document, "state").equals(KeyState.ACTIVE.wire());
    }

    private void activate(Provider provider, String id, ObjectNode document) {
        boolean reference = Secrets.isReference(document);
        Optional<Credential> found =
                reference ? sources.referred(provider, id, document) : sources.declared(provider, id);
        found.ifPresent(key -> {
            boolean same = key.fingerprint().equals(Json.string(document, "fingerprint"));
            if (same && !givenUp.is(provider.name(), key)) {
                provider.keys().activate(key, reference ? Json.string(document, "replaces") : "");
            } else if (reference && document.has("file")) {
                look(provider, key);
            }
        });
    }

    /** A new secret that is good. What it replaces, and what stood in for it, goes. */
    private void take(Provider provider, Credential key) {
        String name = name(provider.name(), key.id());
        changes.forget(name);
        if (!isWanted(provider, key)) {
            return;
        }
        provider.keys().activate(key, old -> !isDeclared(provider, old.id()) && !isKept(provider, old.id()));
        if (!provider.keys().active().contains(key)) {
            return;
        }
        LOG.info("key {}: its new secret is in use", name);
        if (isKept(provider, key.id())) {
            register.change(name, before -> taken(provider, key, before));
        }
    }

    /** As it stands now: the answer of a provider may be ten seconds older. */
    private boolean isWanted(Provider provider, Credential key) {
        if (current.get(provider.name()) != provider || givenUp.is(provider.name(), key)) {
            return false;
        }
        if (sources.declared(provider, key.id()).filter(key::equals).isPresent()) {
            return !isRetired(provider, key.id());
        }
        ObjectNode document = register.all().get(name(provider.name(), key.id()));
        return document != null
                && isActive(document)
                && Secrets.isReference(document)
                && sources.referred(provider, key.id(), document)
                        .filter(key::equals)
                        .isPresent();
    }

    /** So that a restart does not ask again; but for what was said of this secret since it was taken. */
    private static ObjectNode taken(Provider provider, Credential key, @Nullable ObjectNode before) {
        ObjectNode next = orNew(before, provider.name(), key.id());
        boolean retired =
                Retired.is(next) && (Retired.names(next, key.fingerprint()) || !isDeclared(provider, key.id()));
        return retired || GivenUp.isListed(next, key)
                ? next
                : next.put("fingerprint", key.fingerprint()).put("state", KeyState.ACTIVE.wire());
    }

    static ObjectNode orNew(@Nullable ObjectNode before, String provider, String id) {
        return before == null ? Json.object().put("provider", provider).put("id", id) : before;
    }

    static boolean isDeclared(Provider provider, String id) {
        return provider.config().presentKeys().stream().anyMatch(key -> key.id().equals(id));
    }

    /** Whether an administrator ever touched it. */
    boolean isKept(Provider provider, String id) {
        return isKept(register.all().get(name(provider.name(), id)));
    }

    static boolean isKept(@Nullable ObjectNode document) {
        return document != null && document.has("state");
    }

    private void rolledBack(Provider provider, Credential failed, Credential old) {
        givenUp.add(provider.name(), failed, old);
        LOG.warn(
                "key {}/{}: the provider refuses it in use; it is given up for {}",
                provider.name(),
                failed.id(),
                old.id());
        events.tell(new SecurityEvent(
                SecurityEvent.Kind.PROVIDER_KEY_ROLLED_BACK,
                name(provider.name(), failed.id()),
                Map.of("provider", provider.name(), "failed", failed.label(), "back", old.label())));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
