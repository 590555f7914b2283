package dev.penstock.keys;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The step {@code Authenticate}, and the callers for endpoints that are not a step's. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class KeysAutoConfiguration {

    @Bean
    Callers callers(Environment environment) {
        return new Callers(DataPort.of(environment));
    }

    @Bean
    AuthenticateGatewayFilterFactory authenticateGatewayFilterFactory(Callers callers) {
        return new AuthenticateGatewayFilterFactory(callers);
    }
}
