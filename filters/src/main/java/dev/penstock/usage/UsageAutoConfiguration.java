package dev.penstock.usage;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.Fold;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.StoreAutoConfiguration;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code MeterUsage}, and the sums. */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnProperty("penstock.routes")
public final class UsageAutoConfiguration {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final UsageSums sums = new UsageSums();

    @Bean
    Fold penstockUsageSums() {
        return sums;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "penstock.store", havingValue = "redis")
    RedisUsage penstockRedisUsage(RedisConnection redis, DataDirectory data) {
        return new RedisUsage(redis, data.instanceId(), sums, EVERY, PATIENCE);
    }

    @Bean
    UsageView penstockUsageView(ObjectProvider<RedisUsage> shared) {
        RedisUsage others = shared.getIfAvailable();
        return new UsageView(sums, others == null ? OtherInstances.NONE : others);
    }

    @Bean
    MeterUsageGatewayFilterFactory meterUsageGatewayFilterFactory() {
        return new MeterUsageGatewayFilterFactory(Clock.systemUTC());
    }
}
