package dev.penstock.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** Whatever text is looked at: guards do not break over it, and what they find lies within it. */
class GuardFuzzTests {

    private final Inspection all = Guards.inspection(
            Guards.of(Rule.SECRETS, Action.REDACT),
            Guards.of(Rule.PII, Action.REDACT),
            Guards.of(Rule.INJECTION, Action.FLAG));

    @Test
    void anyTextIsLookedThrough() {
        Fuzz.of("text").within(4_000_000, 4_000).run(500, input -> {
            String text = new String(input, UTF_8);
            all.look(text, TextKind.MESSAGE, (control, failure) -> {
                        throw failure;
                    })
                    .forEach(finding -> {
                        assertThat(finding.match().start()).isBetween(0, text.length());
                        assertThat(finding.match().end())
                                .isBetween(finding.match().start(), text.length());
                    });
        });
    }
}
