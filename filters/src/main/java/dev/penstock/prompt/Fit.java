package dev.penstock.prompt;

import dev.penstock.core.Json;
import dev.penstock.prompt.kind.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a text holds an answer.
 *
 * @param answer absent when it does not
 * @param problem what is wrong with the first object that was found; never its text
 */
record Fit(@Nullable ObjectNode answer, String problem) {

    /** The first object in the text that fits, without fields that the kind does not have. */
    static Fit of(Rendered rendered, String text) {
        String problem = "no complete JSON object in it";
        boolean first = true;
        for (ObjectNode found : TolerantJson.objects(text)) {
            ObjectNode candidate = rendered.kind().pruned(found);
            Optional<Violation> wrong = rendered.kind().violation(candidate, rendered.input());
            if (wrong.isEmpty() && isStrictJson(candidate)) {
                return new Fit(candidate, "");
            }
            problem = first ? wrong.map(Violation::toString).orElse("a number out of range") : problem;
            first = false;
        }
        return new Fit(null, problem);
    }

    /** What was read tolerantly must be able to leave: a number beyond a double's range is not JSON to others. */
    private static boolean isStrictJson(ObjectNode candidate) {
        try {
            Json.LENIENT_DEPTH.read(Json.LENIENT_DEPTH.write(candidate));
            return true;
        } catch (JacksonException refused) {
            return false;
        }
    }
}
