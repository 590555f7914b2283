package dev.penstock.routes.define;

import dev.penstock.exchange.LlmGatewayFilterFactory;
import java.util.Map;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.support.Configurable;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.ShortcutConfigurable;

/**
 * Binds and applies a factory once, as Spring will.
 *
 * <p>Without it a value that does not fit is found when the routes are first loaded, where Spring logs it and goes on with no
 * routes at all.
 */
public final class Trial {

    private final ConfigurationService service;

    public Trial(ConfigurationService service) {
        this.service = service;
    }

    /**
     * The kind of failure, if there is one; its message is left out since it may show a value.
     *
     * <p>Our steps are only bound here: one that cannot be made, such as for want of its files, fails in its own words, and
     * not before the whole file is found right.
     */
    Optional<String> failure(Plug plug, Map<String, String> args) {
        try {
            Object config = bound(plug, args);
            if (!(plug.factory() instanceof LlmGatewayFilterFactory<?>)) {
                apply(plug.factory(), config);
            }
            return Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.of(root(refused).getClass().getSimpleName());
        }
    }

    /** Makes a step, whose arguments are right, and lets its failure pass. */
    void make(Plug plug, Map<String, String> args) {
        if (plug.factory() instanceof LlmGatewayFilterFactory<?>) {
            apply(plug.factory(), bound(plug, args));
        }
    }

    @SuppressWarnings("unchecked")
    private <T extends ShortcutConfigurable & Configurable<Object>> Object bound(Plug plug, Map<String, String> args) {
        return service.with((T) plug.factory())
                .name(plug.name())
                .properties(args)
                .bind();
    }

    @SuppressWarnings("unchecked")
    private static void apply(ShortcutConfigurable factory, Object config) {
        if (factory instanceof GatewayFilterFactory<?> filter) {
            ((GatewayFilterFactory<Object>) filter).apply(config);
        } else if (factory instanceof RoutePredicateFactory<?> predicate) {
            ((RoutePredicateFactory<Object>) predicate).applyAsync(config);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
