package dev.penstock.routes;

import dev.penstock.exchange.BeforeSwap;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.routes.define.Plugs;
import dev.penstock.routes.define.Trial;
import dev.penstock.routes.source.SourceReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteDefinitionRouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import reactor.core.publisher.Flux;

/**
 * Adds the routes of {@code penstock.routes} to those that the application has.
 *
 * <p>The filter beans are looked up when the file is compiled, not injected: Spring's route locator asks for both, and a
 * filter may ask for the configuration.
 */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public class RoutesAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.routes");

    @Bean
    RoutesLoader penstockRoutesLoader(
            ConfigurableEnvironment environment,
            ObjectProvider<GatewayFilterFactory<?>> filters,
            ObjectProvider<RoutePredicateFactory<?>> predicates,
            ObjectProvider<ConfigurationService> service,
            ObjectProvider<Kinds> kinds,
            ObjectProvider<GatewayProperties> gateway,
            Swap swap) {
        String file = environment.getRequiredProperty("penstock.routes");
        RawEnvironment variables = new RawEnvironment(environment);
        return new RoutesLoader(
                file,
                new SourceReader(file, variables),
                () -> new Compiler(
                        new Plugs(filters.stream(), predicates.stream()),
                        new Trial(service.getObject()),
                        kinds::getObject,
                        variables),
                new HostChecks(environment, gateway::getObject),
                swap,
                Clock.systemUTC());
    }

    @Bean
    Swap penstockSwap(
            ObjectProvider<BeforeSwap> before, ApplicationEventPublisher events, ObjectProvider<MeterRegistry> meters) {
        return new Swap(before, events, meters);
    }

    @Bean
    RoutesControl penstockRoutesControl(RoutesLoader loader) {
        return new RoutesControl(loader);
    }

    @Bean
    RoutesWatcher penstockRoutesWatcher(RoutesLoader loader) {
        return new RoutesWatcher(loader);
    }

    @Bean
    RoutesView penstockRoutesView(RoutesLoader loader) {
        return new RoutesView(loader);
    }

    /** The configuration in force, for beans that cannot know this package. */
    @Bean
    CurrentSettings penstockSettings(RoutesLoader loader) {
        return () -> loader.compiled().settings();
    }

    @Bean
    RouteDefinitionLocator penstockRouteDefinitionLocator(RoutesLoader loader) {
        return () -> Flux.defer(() -> Flux.fromIterable(loader.compiled().routes()));
    }

    /** Spring's locator, with neighbouring steps joined. */
    @Bean
    static BeanPostProcessor penstockJoinedRoutes(ObjectProvider<GlobalFilter> globals) {
        Supplier<Set<Integer>> orders = () -> globals.stream()
                .map(RoutesAutoConfiguration::order)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof RouteDefinitionRouteLocator routes ? new JoinedRoutes(routes, orders) : bean;
            }
        };
    }

    /** As Spring's own chain takes it; a filter without one comes last of all. */
    private static Optional<Integer> order(GlobalFilter filter) {
        if (filter instanceof Ordered ordered) {
            return Optional.of(ordered.getOrder());
        }
        return Optional.ofNullable(OrderUtils.getOrder(filter.getClass()));
    }

    /** Compiles before the server listens, so that a bad file fails the start and not the first request. */
    @Bean
    SmartInitializingSingleton penstockRoutesStart(RoutesLoader loader, Swap swap) {
        return () -> {
            swap.prepare(loader.compiled().settings());
            loader.compiled().warnings().forEach(warning -> LOG.warn("{}: {}", loader.file(), warning));
        };
    }
}
