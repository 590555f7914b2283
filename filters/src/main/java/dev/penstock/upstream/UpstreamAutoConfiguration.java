package dev.penstock.upstream;

import dev.penstock.exchange.BeforeSwap;
import dev.penstock.provider.anthropic.AnthropicDialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.store.Bulletin;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The steps {@code SelectUpstream} and {@code CallUpstream}. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class UpstreamAutoConfiguration {

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
    BeforeSwap penstockProvidersBeforeSwap(Providers providers) {
        return next -> providers.start(next.get(UpstreamSettings.class));
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
