package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.credential.Credential;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Has keys retired one after another: of two at once each would be told that the other is left. Thread-safe. */
final class KeyLeave {

    private final Register register;
    private final ProviderKeys keys;
    private final Clock clock;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    KeyLeave(Register register, ProviderKeys keys, Clock clock) {
        this.register = register;
        this.keys = keys;
        this.clock = clock;
    }

    /** But for the last one in use. */
    CompletableFuture<ObjectNode> retire(Provider provider, String id) {
        return retire(provider, id, () -> clock.instant().toString(), () -> {
            List<Credential> active = provider.keys().active();
            boolean used = active.stream().anyMatch(key -> key.id().equals(id));
            if (used && active.stream().allMatch(key -> key.id().equals(id) || isRetired(provider, key))) {
                throw GatewayException.invalid(
                        "id", "is the last active key", "another one, or enabled: false in routes.yml");
            }
        });
    }

    private boolean isRetired(Provider provider, Credential key) {
        ObjectNode document = register.all().get(ProviderKeys.name(provider.name(), key.id()));
        return document != null && Retired.is(document, key);
    }

    /**
     * @param since when that was said, and
     * @param check throws where it may not go; both are asked in the moment of the write
     */
    synchronized CompletableFuture<ObjectNode> retire(
            Provider provider, String id, Supplier<String> since, Runnable check) {
        CompletableFuture<ObjectNode> next = last.handle((done, failed) -> id)
                .thenApplyAsync(ignored -> keys.sources().declared(provider, id), keys.thread())
                .thenCompose(declared -> register.change(ProviderKeys.name(provider.name(), id), before -> {
                    check.run();
                    return Retired.next(provider, id, declared, before).put("retired", since.get());
                }));
        last = next;
        return next;
    }
}
