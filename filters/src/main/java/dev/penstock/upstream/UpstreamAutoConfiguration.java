package dev.penstock.upstream;

import dev.penstock.exchange.BeforeSwap;
import dev.penstock.exchange.EventLog;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.exchange.SideCalls;
import dev.penstock.provider.anthropic.AnthropicDialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.store.Bulletin;
import dev.penstock.store.register.Registers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** The steps {@code SelectUpstream} and {@code CallUpstream}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class UpstreamAutoConfiguration {

    private static final String PROVIDER_KEYS = "provider-keys";

    @Bean
    Dialects penstockDialects() {
        return new Dialects(List.of(new OpenAiDialect(), new AnthropicDialect(Clock.systemUTC())));
    }

    @Bean
    Providers penstockProviders(
            Dialects dialects, ObjectProvider<MeterRegistry> meters, ObjectProvider<Bulletin> bulletin) {
        Time time = Time.system();
        return new Providers(
                dialects,
                new Breakers(time, meters.getIfAvailable()),
                new Hearsay(bulletin.getIfAvailable(), time),
                time);
    }

    @Bean
    SideCalls penstockSideCalls(Providers providers) {
        return new Aside(providers);
    }

    @Bean
    Probe penstockProbe(ObjectProvider<EventLog> log) {
        return new Probe((type, fields) -> log.getObject().event(type, fields), Time.system());
    }

    @Bean(destroyMethod = "close")
    ProviderKeys penstockProviderKeys(
            Registers registers,
            Probe probe,
            Providers providers,
            ConfigurableEnvironment environment,
            ObjectProvider<SecurityEvents> events,
            ObjectProvider<KnownSecrets> known) {
        Secrets secrets = new Secrets(environment::getProperty);
        ProviderKeys keys = new ProviderKeys(
                registers.named(PROVIDER_KEYS),
                secrets,
                new KeyChanges(probe, Time.system()),
                event -> events.ifAvailable(it -> it.tell(event)),
                known.getIfAvailable(KnownSecrets::new));
        providers.followedBy(keys::serve);
        keys.begin();
        return keys;
    }

    @Bean
    BreakerHand penstockBreakerHand(Registers registers, Providers providers) {
        BreakerHand hand = new BreakerHand(registers.named("breakers"));
        providers.followedBy(hand::serve);
        return hand;
    }

    @Bean(destroyMethod = "close")
    HealthChecks penstockHealthChecks(Providers providers, ObjectProvider<MeterRegistry> meters) {
        HealthChecks checks = new HealthChecks(Time.system(), meters.getIfAvailable());
        providers.followedBy(checks::serve);
        return checks;
    }

    @Bean
    ProviderDesk penstockProviderDesk(
            Registers registers, ProviderKeys keys, Probe probe, BreakerHand breakers, HealthChecks health) {
        return new ProviderDesk(registers.named(PROVIDER_KEYS), keys, probe, breakers, health);
    }

    /** Those who follow providers are made before the first of these. */
    @Bean
    BeforeSwap penstockProvidersBeforeSwap(
            Providers providers, ProviderKeys keys, BreakerHand breakers, Probe probe, HealthChecks health) {
        return next -> {
            UpstreamSettings settings = next.get(UpstreamSettings.class);
            probe.serve(settings.probes());
            providers.start(settings);
        };
    }

    @Bean
    TargetsView penstockTargetsView(Dialects dialects) {
        return new TargetsView(new Targets(dialects));
    }

    @Bean
    SelectUpstreamGatewayFilterFactory selectUpstreamGatewayFilterFactory(Dialects dialects) {
        return new SelectUpstreamGatewayFilterFactory(new Targets(dialects));
    }

    @Bean
    CallUpstreamGatewayFilterFactory callUpstreamGatewayFilterFactory(Providers providers) {
        Time time = Time.system();
        Failover failover = new Failover(providers, new Call(time), time, RandomGenerator.getDefault());
        return new CallUpstreamGatewayFilterFactory(failover);
    }
}
