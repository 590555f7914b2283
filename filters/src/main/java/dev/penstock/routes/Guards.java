package dev.penstock.routes;

import dev.penstock.guard.GuardSettings;
import dev.penstock.routes.check.Sections;
import dev.penstock.upstream.ProviderConfig.KeyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gathers the guardrails, who has them, and the keys that they have to know. */
final class Guards {

    private Guards() {}

    static GuardSettings of(Sections sections) {
        return new GuardSettings(
                sections.guardrails(),
                names(sections.services(), it -> it.guardrails()),
                names(sections.teams(), it -> it.guardrails()),
                sections.providers().values().stream()
                        .flatMap(provider -> provider.presentKeys().stream())
                        .flatMap(key -> secret(key).stream())
                        .toList());
    }

    private static <T> Map<String, List<String>> names(Map<String, T> at, Function<T, List<String>> names) {
        Map<String, List<String>> found = new HashMap<>();
        at.forEach((name, it) -> found.put(name, names.apply(it)));
        return found;
    }

    /** A file that cannot be read is told where the key is used. */
    private static Optional<String> secret(KeyConfig key) {
        if (key.file().isEmpty()) {
            return key.value();
        }
        try {
            return Optional.of(Files.readString(Path.of(key.file().get())).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
