package dev.penstock.usage;

import dev.penstock.journal.Fold;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code MeterUsage}, and the sums. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class UsageAutoConfiguration {

    private final UsageSums sums = new UsageSums();

    @Bean
    Fold penstockUsageSums() {
        return sums;
    }

    @Bean
    UsageView penstockUsageView() {
        return new UsageView(sums);
    }

    @Bean
    MeterUsageGatewayFilterFactory meterUsageGatewayFilterFactory() {
        return new MeterUsageGatewayFilterFactory(Clock.systemUTC());
    }
}
