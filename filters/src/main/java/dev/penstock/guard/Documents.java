package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.guard.detect.Match;
import dev.penstock.prompt.kind.JsonSchema;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The controls that want a whole text to be a JSON document that fits a schema. */
final class Documents {

    /** What a text is called that is no JSON. */
    static final String NOT_JSON = "not-json";

    /** What a document is called that does not fit. */
    static final String MISFIT = "misfit";

    private Documents() {}

    static boolean any(List<Control> controls) {
        return controls.stream().anyMatch(control -> control.schema() != null);
    }

    static void check(List<Control> controls, String text, String at, Verdicts verdicts) {
        for (Control control : controls) {
            JsonSchema schema = control.schema();
            if (schema != null) {
                String wrong = wrong(schema, text);
                if (!wrong.isEmpty()) {
                    Match match = Match.of(wrong, 0, text.length());
                    verdicts.found(new Finding(control, match, control.action(TextKind.MESSAGE)), at, 0);
                }
            }
        }
    }

    private static String wrong(JsonSchema schema, String text) {
        try {
            return schema.fits(Json.LENIENT_DEPTH.read(text)) ? "" : MISFIT;
        } catch (JacksonException broken) {
            return NOT_JSON;
        }
    }
}
