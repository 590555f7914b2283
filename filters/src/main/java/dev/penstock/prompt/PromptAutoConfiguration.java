package dev.penstock.prompt;

import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.kind.KindsWatcher;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The steps RenderPrompt and FitSchema, on the kinds of the directory {@code penstock.prompts}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class PromptAutoConfiguration {

    private static final String THYMELEAF = "org.thymeleaf";

    /** Thymeleaf logs failures with the template's text before it throws them; a host that wants its log says so. */
    PromptAutoConfiguration(Environment environment) {
        if (!environment.containsProperty("logging.level." + THYMELEAF)) {
            LoggingSystem.get(PromptAutoConfiguration.class.getClassLoader()).setLogLevel(THYMELEAF, LogLevel.OFF);
        }
    }

    @Bean
    Kinds contentKinds(@Value("${penstock.prompts:prompts}") String directory) {
        return new Kinds(Path.of(directory));
    }

    @Bean
    KindsWatcher penstockKindsWatcher(Kinds kinds, ObjectProvider<MeterRegistry> meters) {
        return new KindsWatcher(kinds, meters);
    }

    @Bean
    PromptView penstockPromptView(Kinds kinds) {
        return new PromptView(kinds);
    }

    @Bean
    RenderPromptGatewayFilterFactory renderPromptGatewayFilterFactory(Kinds kinds) {
        return new RenderPromptGatewayFilterFactory(kinds);
    }

    @Bean
    FitSchemaGatewayFilterFactory fitSchemaGatewayFilterFactory(Kinds kinds) {
        return new FitSchemaGatewayFilterFactory(kinds);
    }
}
