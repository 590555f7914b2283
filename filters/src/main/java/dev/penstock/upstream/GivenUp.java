package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets that failed in use and were given up for the one before. Kept beside the key, so that neither a restart nor another
 * instance takes them in again. Thread-safe; never waits.
 */
final class GivenUp {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final String MEMBER = "given_up";

    /** Of each key; the oldest are forgotten. */
    private static final int MOST = 8;

    private final Register register;

    /** What the register may not have yet, and the write that is on its way. */
    private final Map<RollBack, CompletableFuture<?>> here = new ConcurrentHashMap<>();

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    GivenUp(Register register) {
        this.register = register;
    }

    boolean is(String provider, Credential key) {
        return isHere(told -> told.isOf(provider) && told.failed().equals(key))
                || isListed(register.all().get(ProviderKeys.name(provider, key.id())), key);
    }

    /** Whether it is back for one that failed, and the register may not say so yet. */
    boolean isBack(String provider, Credential key) {
        return isHere(told -> told.isOf(provider) && told.back().equals(key));
    }

    private boolean isHere(Predicate<RollBack> which) {
        return here.keySet().stream().anyMatch(which);
    }

    static boolean isListed(@Nullable ObjectNode document, Credential key) {
        return document != null && document.has(MEMBER) && listed(document).contains(key.fingerprint());
    }

    /** Holds here at once, and everywhere and over restarts when the register has it. */
    void add(String provider, Credential failed, Credential back) {
        Map<String, ObjectNode> all = register.all();
        Heard heard = Heard.of(
                all.get(ProviderKeys.name(provider, failed.id())), all.get(ProviderKeys.name(provider, back.id())));
        RollBack told = new RollBack(provider, failed, back, Clock.systemUTC().instant(), heard);
        CompletableFuture<?> writing = new CompletableFuture<>();
        here.put(told, writing);
        write(told, writing);
    }

    /** Once more, what the register did not take. */
    void repeat() {
        here.forEach((told, last) -> {
            CompletableFuture<?> writing = new CompletableFuture<>();
            if (last.isDone() && here.replace(told, last, writing)) {
                write(told, writing);
            }
        });
    }

    private void write(RollBack told, CompletableFuture<?> writing) {
        String back = ProviderKeys.name(told.provider(), told.back().id());
        register.change(ProviderKeys.name(told.provider(), told.failed().id()), told::failed)
                .thenCompose(kept ->
                        told.isDone(kept) && ProviderKeys.isKept(register.all().get(back))
                                ? register.change(back, told::back)
                                : CompletableFuture.completedFuture(kept))
                .thenRun(() -> here.remove(told, writing))
                .whenComplete((done, failed) -> writing.complete(null));
    }

    /** The provider takes it again. Where the register does not take that, all stays as it was. */
    CompletableFuture<?> forgive(String provider, Credential key) {
        if (!is(provider, key)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?> forgiving = new CompletableFuture<>();
        // none is written again meanwhile, and one that is on its way would stand above this one
        CompletableFuture<?>[] writing = here.keySet().stream()
                .filter(told -> told.isOf(provider) && told.failed().equals(key))
                .map(told -> here.replace(told, forgiving))
                .filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(writing)
                .thenCompose(written -> register.change(
                        ProviderKeys.name(provider, key.id()),
                        before -> listed(ProviderKeys.orNew(before, provider, key.id()), key, false)))
                .thenRun(() -> here.values().removeIf(forgiving::equals))
                .whenComplete((done, failed) -> forgiving.complete(null));
    }

    /** Those that are in use go where another is left; where none is, there is nothing better. */
    void takeOut(Provider provider) {
        String name = provider.name();
        provider.keys().tryAgain(key -> !is(name, key));
        provider.keys().giveUp(key -> is(name, key)).stream()
                .filter(key -> warned.add(name + "/" + key.label()))
                .forEach(key -> LOG.warn(
                        "key {}/{} was rolled back before and is used all the same: there is no other (expected: another key)",
                        name,
                        key.id()));
    }

    /** @param given whether it is to stand in the list */
    static ObjectNode listed(ObjectNode document, Credential key, boolean given) {
        Set<String> all = listed(document);
        all.remove(key.fingerprint());
        if (given) {
            all.add(key.fingerprint());
        }
        ArrayNode list = document.putArray(MEMBER);
        all.stream().skip(Math.max(0, all.size() - MOST)).forEach(list::add);
        return document;
    }

    private static Set<String> listed(ObjectNode document) {
        return document.path(MEMBER)
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
