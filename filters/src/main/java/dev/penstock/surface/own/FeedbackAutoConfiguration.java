package dev.penstock.surface.own;

import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.tally.Feedback;
import dev.penstock.keys.Callers;
import dev.penstock.surface.BuiltInAnswers;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** {@code /v1/feedback}, before any route. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class FeedbackAutoConfiguration {

    /** Before Spring Cloud Gateway's own mapping, which has order 1. */
    private static final int BEFORE_ROUTES = 0;

    @Bean
    SimpleUrlHandlerMapping penstockFeedbackPath(
            CurrentSettings settings,
            Callers callers,
            Feedback feedback,
            Function<Settings, Json> json,
            BuiltInAnswers answers) {
        FeedbackEndpoint endpoint = new FeedbackEndpoint(settings, callers, feedback, json, answers);
        return new SimpleUrlHandlerMapping(Map.of("/v1/feedback", endpoint), BEFORE_ROUTES);
    }
}
