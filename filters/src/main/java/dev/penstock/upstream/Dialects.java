package dev.penstock.upstream;

import dev.penstock.provider.Dialect;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The dialects that are built in, by the name that routes.yml gives them. */
final class Dialects {

    /** mock answers in this wire, so that it passes through the same decoder as a provider. */
    private static final String MOCK_WIRE = "openai";

    private final Map<String, Dialect> byName;

    Dialects(List<Dialect> dialects) {
        this.byName = dialects.stream().collect(Collectors.toUnmodifiableMap(Dialect::name, Function.identity()));
    }

    Dialect of(ProviderConfig provider) {
        String wire = provider.dialect().equals(ProviderConfig.MOCK) ? MOCK_WIRE : provider.dialect();
        Dialect found = byName.get(wire);
        if (found == null) {
            throw new IllegalStateException("dialect '" + wire + "' (expected one of: " + byName.keySet() + ")");
        }
        return found;
    }
}
