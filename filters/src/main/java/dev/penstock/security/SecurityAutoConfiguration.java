package dev.penstock.security;

import dev.penstock.alert.Alerts;
import dev.penstock.audit.AuditLog;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.journal.Fold;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The stream of security events. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class SecurityAutoConfiguration {

    @Bean
    SecurityEvents penstockSecurityEvents(
            AuditLog log,
            ObjectProvider<Alerts> alerts,
            ObjectProvider<CurrentSettings> settings,
            ObjectProvider<MeterRegistry> meters) {
        return new SecurityStream(log, alerts::getObject, settings::getObject, meters, Clock.systemUTC());
    }

    /** The journal is there before the stream. */
    @Bean
    Fold penstockSecurityGaps(ObjectProvider<SecurityEvents> events) {
        return new Gaps(events::getObject);
    }

    @Bean
    ConfigWatch penstockConfigWatch(ObjectProvider<CurrentSettings> settings, SecurityEvents events) {
        return new ConfigWatch(settings::getObject, events);
    }

    @Bean
    SmartInitializingSingleton penstockConfigWatchBegin(ConfigWatch watch) {
        return watch::begin;
    }
}
