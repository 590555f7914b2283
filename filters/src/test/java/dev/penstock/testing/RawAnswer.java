package dev.penstock.testing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer.
 *
 * @param headers by lower-case name, in the order they came
 */
public record RawAnswer(int status, Map<String, List<String>> headers) {

    /** The header's first value. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
