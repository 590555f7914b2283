package dev.penstock.upstream;

import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a key of a provider is looked at before it is used.
 *
 * @param by what is asked
 * @param model whom a call asks; absent: the cheapest of the provider's models that {@code models:} names
 * @param callsPerDay the most calls that cost something, of one instance
 */
public record ProbeConfig(
        @DefaultValue("models") By by,
        Optional<String> model,
        @DefaultValue("24") int callsPerDay) {

    public enum By {
        /** The list of models; a call of one token where there is none, or where anybody gets it. */
        MODELS,
        /** A call of one token. */
        CALL
    }
}
