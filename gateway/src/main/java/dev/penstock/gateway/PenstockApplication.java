package dev.penstock.gateway;

import dev.penstock.gateway.admin.AdminConfiguration;
import dev.penstock.gateway.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The gateway.
 *
 * <p>Spring's observations are left out whole: with them on, each request costs as much again, and the step Telemetry tells
 * more. Exemplars look for a current span, which there never is.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            ObservationAutoConfiguration.class,
            PrometheusExemplarsAutoConfiguration.class,
            OtlpExemplarsAutoConfiguration.class
        })
@Import({AdminConfiguration.class, DataPortConfiguration.class, FleetConfiguration.class, StartConfiguration.class})
public class PenstockApplication {

    private static final String LEAK_SAMPLES = "io.netty.leakDetection.samplingInterval";

    public static void main(String[] arguments) {
        if (Commands.are(arguments)) {
            System.exit(Commands.run(arguments, System.out));
        }
        if (System.getProperty(LEAK_SAMPLES) == null) {
            // a sample keeps the stack of some hundred operators: one buffer in 128 would cost 2 % of a request
            System.setProperty(LEAK_SAMPLES, "4096");
        }
        SpringApplication.run(PenstockApplication.class, arguments);
    }
}
