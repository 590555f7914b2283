package dev.penstock.admit;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Schedulers;

/** The step {@code Admit}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class AdmitAutoConfiguration {

    @Bean
    AdmitGatewayFilterFactory admitGatewayFilterFactory() {
        return new AdmitGatewayFilterFactory(new InFlight(), new BodyReader(Schedulers.parallel()));
    }
}
