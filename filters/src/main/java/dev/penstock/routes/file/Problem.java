package dev.penstock.routes.file;

/**
 * One mistake, as it is shown.
 *
 * @param path the keys that lead there, such as {@code providers.openai.timeout}; empty for the file itself
 * @param message what was found and what was expected; never a secret
 */
public record Problem(Place place, String path, String message) {

    @Override
    public String toString() {
        String where = (place + " " + path).strip();
        return where.isEmpty() ? message : where + ": " + message;
    }
}
