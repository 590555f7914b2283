package dev.penstock.surface.own;

import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.keys.Callers;
import dev.penstock.limit.LimitView;
import dev.penstock.surface.BuiltInAnswers;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** {@code /v1/key}, before any route. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class KeyAutoConfiguration {

    /** Before Spring Cloud Gateway's own mapping, which has order 1. */
    private static final int BEFORE_ROUTES = 0;

    @Bean
    SimpleUrlHandlerMapping penstockKey(
            CurrentSettings settings, Callers callers, LimitView limits, BudgetView budgets, BuiltInAnswers answers) {
        return new SimpleUrlHandlerMapping(
                Map.of("/v1/key", new KeyEndpoint(settings, callers, limits, budgets, answers)), BEFORE_ROUTES);
    }
}
