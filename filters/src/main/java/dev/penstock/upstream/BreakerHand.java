package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.store.register.Register;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Breakers that administrators hold open or closed, at all instances, until they let go. Thread-safe. */
final class BreakerHand {

    private final Register register;
    private final Map<String, Provider> current = new ConcurrentHashMap<>();

    BreakerHand(Register register) {
        this.register = register;
        register.follow(all -> current.values().forEach(this::apply));
    }

    /** How a breaker is held. */
    enum Mode {
        /** Lets nothing through. */
        OPEN,
        /** Lets everything through. */
        CLOSE,
        /** Decides by itself. */
        AUTO;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    void serve(Map<String, Provider> providers) {
        current.keySet().retainAll(providers.keySet());
        current.putAll(providers);
        providers.values().forEach(this::apply);
    }

    /** Before the register was read it decides by itself: who held it may have let go since this instance knew of it. */
    Mode mode(String provider) {
        if (!register.isKnown()) {
            return Mode.AUTO;
        }
        ObjectNode document = register.all().get(provider);
        String word = document == null ? "" : Json.string(document, "mode");
        return word.isEmpty() ? Mode.AUTO : Mode.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    CompletableFuture<ObjectNode> hold(String provider, Mode mode) {
        return register.change(provider, before -> Json.object().put("mode", mode.wire()));
    }

    private synchronized void apply(Provider provider) {
        CircuitBreaker breaker = provider.breaker();
        State state = breaker.getState();
        switch (mode(provider.name())) {
            case OPEN -> {
                if (state != State.FORCED_OPEN) {
                    breaker.transitionToForcedOpenState();
                }
            }
            case CLOSE -> {
                if (state != State.DISABLED) {
                    breaker.transitionToDisabledState();
                }
            }
            case AUTO -> {
                if (state == State.FORCED_OPEN || state == State.DISABLED) {
                    breaker.transitionToClosedState();
                }
            }
        }
    }
}
