package dev.penstock.limit;

import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.redis.RedisStore;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.StoreAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The step {@code RateLimit}, and the view of limits. */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnProperty("penstock.routes")
public final class LimitAutoConfiguration {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "penstock.store", havingValue = "redis")
    RedisStore penstockLimitStore(
            RedisConnection redis, Environment environment, ObjectProvider<MeterRegistry> meters) {
        Duration patience = environment.getProperty("penstock.redis.patience", Duration.class, PATIENCE);
        return RedisStore.open(redis, UUID.randomUUID().toString(), patience, meters.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    Limits penstockLimits(ObjectProvider<RedisStore> shared) {
        RedisStore store = shared.getIfAvailable();
        return store == null ? new EmbeddedLimits(Clock.systemUTC()) : store.limits();
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
