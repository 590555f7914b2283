package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words and phrases of operators. */
class WordsTests {

    private static String redacted(String text, GuardrailConfig config) {
        List<Finding> found = Guards.inspection(config).look(text, TextKind.MESSAGE, (control, failure) -> {
            throw failure;
        });
        return Redaction.of(text, 0, text.length(), found);
    }

    @Test
    void aWordThatBeginsWithACapitalOfAnyScriptIsFoundInAnyCase() {
        GuardrailConfig words = Guards.words(Action.REDACT, "Ärger", "ПРОЕКТ Буря");
        assertThat(redacted("Ärger, ÄRGER und ärger, проект буря", words))
                .isEqualTo("[WORD], [WORD] und [WORD], [WORD]");
        assertThat(redacted("Ärgerlich", words)).isEqualTo("Ärgerlich");
        assertThat(redacted("das ÖL-Werk", Guards.brand(Action.REDACT, List.of("Öl-Werk"))))
                .isEqualTo("das [FORBIDDEN]");
    }

    /** Whatever their order in the list. */
    @Test
    void ofPhrasesThatOverlapAllGoes() {
        GuardrailConfig shortFirst = Guards.words(Action.REDACT, "Project Blue", "Project Blue Bird");
        GuardrailConfig longFirst = Guards.words(Action.REDACT, "Project Blue Bird", "Project Blue");
        for (GuardrailConfig words : List.of(shortFirst, longFirst)) {
            assertThat(redacted("of project blue bird, and Project Blue.", words))
                    .isEqualTo("of [WORD], and [WORD].");
        }
        assertThat(redacted("a blue bird song", Guards.words(Action.REDACT, "blue bird", "bird song", "song book")))
                .isEqualTo("a [WORD]");
    }
}
