package dev.penstock.gateway;

import dev.penstock.surface.ErrorRenderer;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What the data port answers beside the routes. */
@Configuration(proxyBeanMethods = false)
class DataPortConfiguration {

    @Bean
    RouterFunction<ServerResponse> healthRoutes(ApplicationAvailability availability) {
        Health health = new Health(availability);
        return RouterFunctions.route()
                .GET("/health", request -> health.overall())
                .GET("/health/liveliness", request -> health.liveliness())
                .GET("/health/readiness", request -> health.readiness())
                .build();
    }

    @Bean
    LastErrors lastErrors(ErrorRenderer renderer) {
        return new LastErrors(renderer::render);
    }

    @Bean
    HeaderCount headerCount() {
        return new HeaderCount();
    }
}
