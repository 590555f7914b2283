package dev.penstock.guard;

import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.exchange.SideCalls;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The steps {@code GuardInput} and {@code GuardOutput}, and the view of guardrails. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class GuardAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KnownSecrets penstockKnownSecrets() {
        return new KnownSecrets();
    }

    @Bean
    GuardEvents penstockGuardEvents(ObjectProvider<MeterRegistry> meters, ObjectProvider<SecurityEvents> security) {
        return new GuardEvents(meters.getIfAvailable(), event -> security.ifAvailable(it -> it.tell(event)));
    }

    @Bean
    GuardInputGatewayFilterFactory guardInputGatewayFilterFactory(
            GuardEvents events, KnownSecrets secrets, SideCalls calls) {
        return new GuardInputGatewayFilterFactory(events, secrets, new Moderation(calls));
    }

    @Bean
    GuardOutputGatewayFilterFactory guardOutputGatewayFilterFactory(
            GuardEvents events, KnownSecrets secrets, SideCalls calls) {
        return new GuardOutputGatewayFilterFactory(events, secrets, new Moderation(calls));
    }
}
