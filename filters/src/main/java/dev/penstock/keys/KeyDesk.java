package dev.penstock.keys;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where administrators see, issue, rotate and revoke callers' keys. Thread-safe; never waits. */
public final class KeyDesk {

    private final Register register;
    private final Pepper pepper;
    private final LastUse uses;
    private final Clock clock;

    KeyDesk(Register register, Pepper pepper, LastUse uses, Clock clock) {
        this.register = register;
        this.pepper = pepper;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * What a key is to be.
     *
     * @param id a new one of {@link KeyForm#CALLER}
     * @param expires absent for one that does not
     */
    public record Wanted(String id, String service, String name, Optional<Instant> expires) {}

    /** Issues it; the answer holds the secret under {@code key}, as no other answer ever will. */
    public CompletableFuture<ObjectNode> issue(Wanted wanted) {
        String secret = KeyForm.CALLER.secret(wanted.id());
        IssuedKey key = new IssuedKey(
                wanted.id(),
                wanted.service(),
                wanted.name(),
                clock.instant(),
                wanted.expires(),
                Optional.empty(),
                List.of(new IssuedKey.Secret(pepper.digest(secret), Optional.empty())));
        return register.change(wanted.id(), nothing -> key.document())
                .thenApply(kept -> view(key).put("key", secret));
    }

    /** Gives it a second secret, which the answer holds; the one before goes on for {@code overlap}. */
    public CompletableFuture<ObjectNode> rotate(String id, Duration overlap) {
        String secret = KeyForm.CALLER.secret(id);
        Instant ends = clock.instant().plus(overlap);
        return register.change(id, before -> {
                    IssuedKey key = known(id, before);
                    if (key.at(clock.instant()) != IssuedKey.State.ACTIVE) {
                        throw GatewayException.invalid("id", "is a key that is over", "an active key");
                    }
                    return key.rotate(pepper.digest(secret), ends).document();
                })
                .thenApply(
                        kept -> view(IssuedKey.of(id, kept)).put("key", secret).put("old_until", ends.toString()));
    }

    /** Ends it, all its secrets included, for good. */
    public CompletableFuture<ObjectNode> revoke(String id, Settings settings) {
        if (id.indexOf(':') >= 0) {
            return revokeDeclared(id, settings);
        }
        return register.change(
                        id, before -> known(id, before).revoke(clock.instant()).document())
                .thenApply(kept -> view(IssuedKey.of(id, kept)));
    }

    private CompletableFuture<ObjectNode> revokeDeclared(String id, Settings settings) {
        Declared declared = declared(settings).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        return register.change(
                        id,
                        before -> Revocations.add(
                                before, declared.digest().hex(), clock.instant().toString()))
                .thenApply(kept -> view(declared, Revocations.in(register.all())));
    }

    /** All keys, declared ones first; never a secret or what is stored of one. */
    public ArrayNode all(Settings settings) {
        ArrayNode keys = Json.object().putArray("keys");
        Map<String, ObjectNode> kept = register.all();
        Map<String, String> revoked = Revocations.in(kept);
        declared(settings).forEach(each -> keys.add(view(each, revoked)));
        IssuedKey.in(kept, unreadable -> {}).stream()
                .sorted(java.util.Comparator.comparing(IssuedKey::created))
                .forEach(key -> keys.add(view(key)));
        return keys;
    }

    private record Declared(String service, String key, Digest digest, boolean loopbackOnly) {

        String id() {
            return KeyStore.declaredId(service, key);
        }
    }

    private static List<Declared> declared(Settings settings) {
        return settings.get(CallerSettings.class).services().entrySet().stream()
                .flatMap(service -> service.getValue().keys().stream().flatMap(key -> of(service.getKey(), key)))
                .toList();
    }

    private static java.util.stream.Stream<Declared> of(String service, CallerKeyConfig key) {
        return Digest.declared(key).stream().map(it -> new Declared(service, key.id(), it, key.loopbackOnly()));
    }

    private ObjectNode view(Declared key, Map<String, String> revoked) {
        String since = revoked.get(key.digest().hex());
        ObjectNode view = Json.object()
                .put("id", key.id())
                .put("service", key.service())
                .put("source", "declared")
                .put("state", since == null ? "active" : "revoked");
        if (since != null) {
            view.put("revoked", since);
        }
        return used(key.id(), view.put("loopback_only", key.loopbackOnly()));
    }

    private ObjectNode view(IssuedKey key) {
        Instant now = clock.instant();
        ObjectNode view = Json.object()
                .put("id", key.id())
                .put("service", key.service())
                .put("name", key.name())
                .put("source", "issued")
                .put("state", key.at(now).name().toLowerCase(java.util.Locale.ROOT))
                .put("created", key.created().toString())
                .put("expires", key.expires().map(Instant::toString).orElse(null));
        key.revoked().ifPresent(at -> view.put("revoked", at.toString()));
        long live = key.secrets().stream()
                .filter(each -> !IssuedKey.isOver(each.until(), now))
                .count();
        return used(key.id(), view.put("secrets", live));
    }

    private ObjectNode used(String id, ObjectNode view) {
        return view.put("last_used", uses.of(id).map(Instant::toString).orElse(null));
    }

    private static IssuedKey known(String id, @Nullable ObjectNode document) {
        if (document == null) {
            throw unknown(id);
        }
        return IssuedKey.of(id, document);
    }

    private static GatewayException unknown(String id) {
        return new GatewayException(
                ErrorCode.ROUTE_UNKNOWN,
                Told.of("There is no key of this id (expected: one that GET /admin/keys shows)."));
    }
}
