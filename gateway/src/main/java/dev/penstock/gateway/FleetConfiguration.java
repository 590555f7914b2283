package dev.penstock.gateway;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.store.Bulletin;
import dev.penstock.store.RedisConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What one of several gateways tells the others, and hears of them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "penstock.store", havingValue = "redis")
class FleetConfiguration {

    /** The name of an instance may be given twice by mistake; that of its run is not. */
    @Bean(destroyMethod = "close")
    Bulletin penstockBulletin(
            RedisConnection redis, Instance instance, CurrentSettings settings, ObjectProvider<MeterRegistry> meters) {
        String run = instance.id() + "/" + UUID.randomUUID().toString().substring(0, 8);
        Bulletin bulletin = new Bulletin(redis, run, () -> settings.get().hash());
        meters.ifAvailable(registry -> Gauge.builder("penstock.config.variants", bulletin, FleetConfiguration::variants)
                .description("configurations that the living instances run by; more than 1 while they differ")
                .register(registry));
        return bulletin;
    }

    private static int variants(Bulletin bulletin) {
        return new HashSet<>(bulletin.last().configurations().values()).size();
    }
}
