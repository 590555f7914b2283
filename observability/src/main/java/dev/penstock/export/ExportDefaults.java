package dev.penstock.export;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Defaults of exporters, below everything that the operator set; none at all in an application without
 * {@code penstock.routes}.
 *
 * <p>Runs last: by then the files are read, and {@code OTEL_*} variables are mapped to Spring's properties.
 */
public final class ExportDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String NAME = "penstockExportDefaults";

    private static final String METERS_URL = "management.otlp.metrics.export.url";
    private static final String STATSD = "management.statsd.metrics.export.";

    /**
     * Seconds: Micrometer's OTLP exporter would send milliseconds, the conventions and Prometheus use seconds. Observations
     * of each request off: the step Telemetry tells the same and more for less.
     */
    private static final Map<String, Object> ALWAYS = Map.of(
            "management.otlp.metrics.export.base-time-unit", "seconds",
            "management.tracing.sampling.probability", "0.1",
            "management.tracing.baggage.enabled", "false",
            "management.observations.enable.http.server.requests", "false",
            "spring.cloud.gateway.server.webflux.observability.enabled", "false",
            "spring.reactor.context-propagation", "limited");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.containsProperty("penstock.routes")
                || environment.getPropertySources().contains(NAME)) {
            return;
        }
        Map<String, Object> defaults = new HashMap<>(ALWAYS);
        String url = environment.getProperty(METERS_URL, "");
        defaults.put("management.otlp.metrics.export.enabled", String.valueOf(!url.isBlank()));
        // Boot's default sends to localhost:8125, whether anybody listens or not
        defaults.put(STATSD + "enabled", String.valueOf(environment.containsProperty(STATSD + "host")));
        environment.getPropertySources().addLast(new MapPropertySource(NAME, defaults));
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
