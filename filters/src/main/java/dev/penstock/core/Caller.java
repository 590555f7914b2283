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
        for (int i = 0; i < models.size(); i++) {
            if (matches(models.get(i), model)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String model) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(model);
        }
        int tail = pattern.length() - star - 1;
        return model.length() >= star + tail
                && model.regionMatches(0, pattern, 0, star)
                && model.regionMatches(model.length() - tail, pattern, star + 1, tail);
    }
}
