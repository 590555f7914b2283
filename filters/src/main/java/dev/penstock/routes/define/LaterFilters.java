package dev.penstock.routes.define;

import java.util.Set;

/** Filters that the contract names and this version does not have. */
final class LaterFilters {

    private static final Set<String> NAMES =
            Set.of("ParseResponses", "ParseMessages", "ParseEmbeddings", "ParseModerations", "Cache", "Queue");

    private LaterFilters() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }
}
