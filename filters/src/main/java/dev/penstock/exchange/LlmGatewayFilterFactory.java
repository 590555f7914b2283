package dev.penstock.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * The base of every step's factory: takes the order from {@link Step}, so that the position in routes.yml does not matter.
 *
 * @param <C> the route's arguments, a record with {@code @DefaultValue}s
 */
public abstract class LlmGatewayFilterFactory<C> extends AbstractGatewayFilterFactory<C> {

    private final Step step;

    protected LlmGatewayFilterFactory(Step step, Class<C> config) {
        super(config);
        this.step = step;
    }

    public final Step step() {
        return step;
    }

    /** The step itself; called once a route. */
    protected abstract LlmFilter create(C config);

    /** The step as it is without arguments. */
    final LlmFilter plain() {
        return create(newConfig());
    }

    @Override
    public GatewayFilter apply(C config) {
        return new StepFilter(step, create(config));
    }
}
