package dev.penstock.limit;

import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Limits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code RateLimit}, and the view of limits. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class LimitAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Limits penstockLimits() {
        return new EmbeddedLimits(Clock.systemUTC());
    }

    @Bean
    LimitView penstockLimitView(Limits limits) {
        return new LimitView(limits);
    }

    @Bean
    RateLimitGatewayFilterFactory rateLimitGatewayFilterFactory(Limits limits, ObjectProvider<MeterRegistry> meters) {
        return new RateLimitGatewayFilterFactory(limits, new Refusals(meters.getIfAvailable()));
    }
}
