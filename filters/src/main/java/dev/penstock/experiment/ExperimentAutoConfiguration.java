package dev.penstock.experiment;

import dev.penstock.prompt.kind.Kinds;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code AssignVariant}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class ExperimentAutoConfiguration {

    @Bean
    AssignVariantGatewayFilterFactory assignVariantGatewayFilterFactory(Kinds kinds) {
        return new AssignVariantGatewayFilterFactory(kinds);
    }
}
