package dev.penstock.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The step {@code Telemetry}; without a registry or an OpenTelemetry of the application it tells nobody. */
@AutoConfiguration
@ConditionalOnProperty("penstock.routes")
public final class TelemetryAutoConfiguration {

    @Bean
    TelemetryGatewayFilterFactory telemetryGatewayFilterFactory(
            ObjectProvider<OpenTelemetry> telemetry, ObjectProvider<MeterRegistry> registry) {
        return new TelemetryGatewayFilterFactory(
                new Spans(telemetry.getIfUnique(OpenTelemetry::noop)),
                new Meters(registry.getIfUnique(CompositeMeterRegistry::new)),
                System::nanoTime);
    }
}
