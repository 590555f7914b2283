package dev.penstock.gateway.direct;

import dev.penstock.exchange.Step;
import dev.penstock.gateway.admin.AdminDoor;
import java.util.Set;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.filter.AdaptCachedBodyGlobalFilter;
import org.springframework.cloud.gateway.filter.ForwardPathFilter;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RemoveCachedBodyFilter;
import org.springframework.cloud.gateway.filter.WeightCalculatorWebFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** What the application puts around every request: whether any of it does anything for a call of a model. */
final class Surroundings {

    /** Filters of every route that only do something for routes that Spring itself sends on. */
    private static final Set<Class<?>> IDLE = Set.of(
            RemoveCachedBodyFilter.class,
            AdaptCachedBodyGlobalFilter.class,
            NettyWriteResponseFilter.class,
            ForwardPathFilter.class);

    /** The first tells callers from administrators by their port, as is done here, too; weights are no paths. */
    private static final Set<Class<?>> KNOWN = Set.of(AdminDoor.class, WeightCalculatorWebFilter.class);

    /** Spring's own observation of requests, which is made around its web handler; on, unless it is told otherwise. */
    private static final String OBSERVED = "management.observations.enable.http.server.requests";

    private Surroundings() {}

    /** Whether nothing does. */
    static boolean arePlain(ApplicationContext context) {
        return !context.getEnvironment().getProperty(OBSERVED, Boolean.class, true)
                && context.getBeanProvider(ForwardedHeaderTransformer.class).getIfAvailable() == null
                && context.getBean(GlobalCorsProperties.class)
                        .getCorsConfigurations()
                        .isEmpty()
                && context.getBeanProvider(WebFilter.class).stream()
                        .allMatch(filter -> KNOWN.contains(filter.getClass()))
                && context.getBeanProvider(GlobalFilter.class).stream()
                        .allMatch(filter -> IDLE.contains(filter.getClass()) || isBehindSteps(filter));
    }

    /** The last step answers: what comes after it never runs. */
    private static boolean isBehindSteps(GlobalFilter filter) {
        Integer order = filter instanceof Ordered ordered
                ? Integer.valueOf(ordered.getOrder())
                : OrderUtils.getOrder(filter.getClass());
        return order == null || order > Step.CALL_UPSTREAM.order();
    }
}
