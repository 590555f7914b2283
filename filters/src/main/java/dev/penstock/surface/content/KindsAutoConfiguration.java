package dev.penstock.surface.content;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.keys.Callers;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.surface.BuiltInAnswers;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** {@code /v1/content} and {@code /v1/content/openapi.json}, before any route. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class KindsAutoConfiguration {

    /** Before Spring Cloud Gateway's own mapping, which has order 1. */
    private static final int BEFORE_ROUTES = 0;

    @Bean
    SimpleUrlHandlerMapping penstockKinds(
            CurrentSettings settings, Callers callers, BuiltInAnswers answers, Kinds kinds) {
        KindsEndpoint endpoint = new KindsEndpoint(settings, callers, answers, kinds);
        return new SimpleUrlHandlerMapping(
                Map.of(KindsEndpoint.LIST, endpoint, KindsEndpoint.OPEN_API, endpoint), BEFORE_ROUTES);
    }
}
