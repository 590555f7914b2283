package dev.penstock.prompt.kind;

/**
 * Where a document does not fit its schema. Holds names and kinds of values, never a value.
 *
 * @param path such as {@code brand_context.keywords[0]}
 */
public record Violation(String path, String found, String expected) {

    @Override
    public String toString() {
        return "'" + path + "' " + found + " (expected: " + expected + ")";
    }
}
