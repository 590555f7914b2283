package dev.penstock.admit;

import dev.penstock.core.Json;
import dev.penstock.exchange.DeadlineScheduler;
import dev.penstock.exchange.Settings;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code Admit}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class AdmitAutoConfiguration {

    @Bean
    AdmitGatewayFilterFactory admitGatewayFilterFactory() {
        return new AdmitGatewayFilterFactory(new InFlight(), new BodyReader(DeadlineScheduler.SHARED));
    }

    /** Reads request bodies to the depth that the configuration allows. */
    @Bean
    Function<Settings, Json> penstockRequestJson() {
        return settings -> settings.derive(
                Json.class, it -> new Json(it.get(InboundConfig.class).maxDepth()));
    }
}
