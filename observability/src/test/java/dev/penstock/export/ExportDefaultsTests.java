package dev.penstock.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tests for {@link ExportDefaults}. */
class ExportDefaultsTests {

    private static final String METERS = "management.otlp.metrics.export.enabled";

    @Test
    void metersAreNotSentWithoutAnEndpoint() {
        assertThat(processed(Map.of("penstock.routes", "routes.yml")).getProperty(METERS))
                .isEqualTo("false");
    }

    @Test
    void metersAreSentToTheEndpointThatIsConfigured() {
        StandardEnvironment environment = processed(Map.of(
                "penstock.routes",
                "routes.yml",
                "management.otlp.metrics.export.url",
                "http://collector:4318/v1/metrics"));
        assertThat(environment.getProperty(METERS)).isEqualTo("true");
    }

    @Test
    void statsdIsSentToWhereAHostIsNamed() {
        String enabled = "management.statsd.metrics.export.enabled";
        assertThat(processed(Map.of("penstock.routes", "routes.yml")).getProperty(enabled))
                .isEqualTo("false");
        assertThat(processed(Map.of("penstock.routes", "routes.yml", "management.statsd.metrics.export.host", "agent"))
                        .getProperty(enabled))
                .isEqualTo("true");
    }

    @Test
    void whatTheOperatorSaysHolds() {
        StandardEnvironment environment = processed(Map.of(
                "penstock.routes", "routes.yml", "management.tracing.sampling.probability", "1.0", METERS, "true"));
        assertThat(environment.getProperty("management.tracing.sampling.probability"))
                .isEqualTo("1.0");
        assertThat(environment.getProperty(METERS)).isEqualTo("true");
    }

    @Test
    void anotherApplicationIsLeftAlone() {
        assertThat(processed(Map.of()).getProperty(METERS)).isNull();
    }

    private static StandardEnvironment processed(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        new ExportDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
