package dev.penstock.alert;

import dev.penstock.exchange.CurrentSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Alerts, for the features that have something to tell. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class AlertAutoConfiguration {

    @Bean
    Webhook penstockWebhook() {
        return new Webhook();
    }

    @Bean
    Alerts penstockAlerts(CurrentSettings settings, Webhook webhook, ObjectProvider<MeterRegistry> meters) {
        return new Alerts(settings, webhook, meters);
    }
}
