package dev.penstock.surface.models;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.keys.Callers;
import dev.penstock.surface.BuiltInAnswers;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** {@code /v1/models}, before any route. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class ModelsAutoConfiguration {

    /** Before Spring Cloud Gateway's own mapping, which has order 1. */
    private static final int BEFORE_ROUTES = 0;

    @Bean
    SimpleUrlHandlerMapping penstockModels(CurrentSettings settings, Callers callers, BuiltInAnswers answers) {
        Clock clock = Clock.systemUTC();
        ModelsEndpoint endpoint = new ModelsEndpoint(settings, callers, answers, clock.instant());
        return new SimpleUrlHandlerMapping(Map.of("/v1/models", endpoint, "/v1/models/**", endpoint), BEFORE_ROUTES);
    }
}
