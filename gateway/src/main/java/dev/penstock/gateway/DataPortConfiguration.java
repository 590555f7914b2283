package dev.penstock.gateway;

import dev.penstock.budget.BudgetView;
import dev.penstock.gateway.admin.Ports;
import dev.penstock.gateway.direct.DirectCalls;
import dev.penstock.gateway.direct.SpringRoutes;
import dev.penstock.journal.Journal;
import dev.penstock.limit.LimitView;
import dev.penstock.ship.Shippers;
import dev.penstock.surface.ErrorRenderer;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.NettyPipeline;

/** What the data port answers beside the routes. */
@Configuration(proxyBeanMethods = false)
class DataPortConfiguration {

    @Bean
    RouterFunction<ServerResponse> healthRoutes(
            ApplicationAvailability availability,
            Journal journal,
            Shippers shippers,
            LimitView limits,
            BudgetView budgets) {
        Health health = new Health(availability, journal::view, shippers::details, limits::isAway, budgets::isAway);
        return RouterFunctions.route()
                .GET("/health", request -> health.overall())
                .GET("/health/liveliness", request -> health.liveliness())
                .GET("/health/readiness", request -> health.readiness())
                .build();
    }

    @Bean
    LastErrors lastErrors(ErrorRenderer renderer, Ports ports) {
        return new LastErrors(renderer, ports);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> earlyRefusals(ErrorRenderer renderer) {
        return factory -> factory.addServerCustomizers(
                server -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "penstock-early-refusals", new EarlyRefusals(renderer))));
    }

    @Bean
    HeaderCount headerCount() {
        return new HeaderCount();
    }

    @Bean
    DirectCalls directCalls(Ports ports, LastErrors errors, ApplicationContext context) {
        return new DirectCalls(ports, new SpringRoutes(context), errors);
    }
}
