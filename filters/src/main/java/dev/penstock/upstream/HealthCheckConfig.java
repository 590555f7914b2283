package dev.penstock.upstream;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a provider is asked whether it is there while nobody calls it.
 *
 * @param every from one check to the next, a fifth more or less
 * @param by what is done; neither costs tokens
 * @param failures in a row that open the breaker, when no call was answered since the first of them
 */
public record HealthCheckConfig(
        @DefaultValue("30s") Duration every,
        @DefaultValue("models") By by,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("3") int failures) {

    public enum By {
        /** Asks for the list of models; any answer below 500 will do. */
        MODELS,
        /** Connects, with TLS where the address says so, and sends nothing. */
        CONNECT
    }
}
