package dev.penstock.core;

import java.util.List;

/**
 * The internal service behind a key.
 *
 * @param service its name in routes.yml
 * @param team who pays; empty when the service names none
 * @param keyId the id of the key it came with, never the key
 * @param models patterns of the models it may ask for; {@code *} stands for any run of characters
 */
public record Caller(String service, String team, String keyId, List<String> models) {

    /** Whether the caller may ask for this name, be it configured or {@code provider/upstream-model}. */
    public boolean mayUse(String model) {
        return models.stream().anyMatch(pattern -> matches(pattern, model));
    }

    private static boolean matches(String pattern, String model) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(model);
        }
        String head = pattern.substring(0, star);
        String tail = pattern.substring(star + 1);
        return model.length() >= head.length() + tail.length() && model.startsWith(head) && model.endsWith(tail);
    }
}
