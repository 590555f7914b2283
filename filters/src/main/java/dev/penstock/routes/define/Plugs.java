package dev.penstock.routes.define;

import dev.penstock.exchange.ParseStep;
import dev.penstock.exchange.Step;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;

/** Every filter and predicate that routes can name: the beans of the application. */
public final class Plugs {

    private final Map<String, Plug> filters = new TreeMap<>();
    private final Map<String, Plug> predicates = new TreeMap<>();

    public Plugs(
            Stream<? extends GatewayFilterFactory<?>> filters, Stream<? extends RoutePredicateFactory<?>> predicates) {
        filters.forEach(it -> this.filters.put(it.name(), new Plug(it.name(), it)));
        predicates.forEach(it -> this.predicates.put(it.name(), new Plug(it.name(), it)));
    }

    Optional<Plug> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    Collection<String> filters() {
        return filters.keySet();
    }

    Optional<Plug> predicate(String name) {
        return Optional.ofNullable(predicates.get(name));
    }

    Collection<String> predicates() {
        return predicates.keySet();
    }

    /** The factory of a Parse… filter. */
    Optional<ParseStep> parse(String name) {
        return filter(name)
                .map(Plug::factory)
                .filter(ParseStep.class::isInstance)
                .map(ParseStep.class::cast);
    }

    /** Whether it is one of the steps of {@code llm://} routes. */
    boolean step(String name) {
        return parse(name).isPresent()
                || Arrays.stream(Step.values())
                        .anyMatch(step -> step != Step.PARSE && step.filter().equals(name));
    }
}
