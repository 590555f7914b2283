package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.detect.Match;
import dev.penstock.guard.detect.Wanted;
import dev.penstock.prompt.kind.JsonSchema;
import tools.jackson.core.JacksonException;

/** The controls that want a whole text to be a JSON document that fits a schema, or to say what a brand says. */
final class Documents {

    /** What a text is called that is no JSON. */
    static final String NOT_JSON = "not-json";

    /** What a document is called that does not fit. */
    static final String MISFIT = "misfit";

    /** What an answer is called that lacks a phrase of its brand. */
    static final String MISSING = "missing";

    private Documents() {}

    static void check(Roster roster, String text, String at, Verdicts verdicts) {
        for (Control control : roster.controls()) {
            String wrong = wrong(control, text);
            if (!wrong.isEmpty()) {
                Match match = Match.of(wrong, 0, text.length());
                Action action = control.action(TextKind.MESSAGE);
                verdicts.found(new Finding(control, match, action), at, 0);
            }
        }
    }

    /** An answer that is nothing but a call of a tool says nothing, so a brand has nothing to say of it either. */
    private static String wrong(Control control, String text) {
        Wanted wanted = control.wanted();
        if (wanted != null && !text.isEmpty() && !wanted.isIn(text)) {
            return MISSING;
        }
        JsonSchema schema = control.schema();
        return schema == null ? "" : wrong(schema, text);
    }

    private static String wrong(JsonSchema schema, String text) {
        try {
            return schema.fits(Json.LENIENT_DEPTH.read(text)) ? "" : MISFIT;
        } catch (JacksonException broken) {
            return NOT_JSON;
        }
    }
}
