package dev.penstock.routes;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Spring's environment without its own placeholders: a secret may hold a dollar and a brace, and must stay as it is. */
final class RawEnvironment implements Function<String, @Nullable String> {

    private final ConfigurableEnvironment environment;

    RawEnvironment(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String apply(String name) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            Object value = source.getProperty(name);
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }
}
