package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.guard.GuardSettings;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** What is read and checked of {@code guardrails:}. */
class GuardrailTests {

    private static final String ROUTES = "routes:\n";

    private static ListAssert<String> problems(String controls) {
        return Sample.problems(ROUTES, "guardrails: { g: [ " + controls + " ] }\nroutes:\n");
    }

    @Test
    void guardrailsAreNamedAtServicesAndTeams() {
        String yaml = Sample.with("  demo: { keys:", "  demo: { team: shop, guardrails: [ g ], keys:")
                .replace(
                        ROUTES,
                        "teams: { shop: { guardrails: [ g ] } }\n"
                                + "guardrails: { g: [ { rule: pii, types: [ email ], action: flag } ] }\nroutes:\n");
        GuardSettings settings =
                Compiling.compile(yaml, Map.of("KEY", "k-123")).settings().get(GuardSettings.class);
        assertThat(settings.services().get("demo")).containsExactly("g");
        assertThat(settings.teams().get("shop")).containsExactly("g");
        assertThat(settings.guardrails().get("g").get(0).types()).containsExactly("email");
        assertThat(settings.providerKeys()).containsExactly("k-123");
        assertThat(settings.toString()).doesNotContain("k-123");
    }

    @Test
    void anUnknownGuardrailIsTold() {
        Sample.problems("  demo: { keys:", "  demo: { guardrails: [ nope ], keys:")
                .containsExactly(
                        "routes.yml:12:25 services.demo.guardrails[0]: unknown guardrail 'nope' (expected none)");
    }

    @Test
    void anUnknownRuleActionOrTypeIsTold() {
        problems(
                        "{ rule: secret, action: flag }, { rule: pii, action: hide }, { rule: pii, action: flag, types: [ name ] }")
                .hasSize(2)
                .allMatch(problem -> problem.contains("guardrails.g["));
        problems("{ rule: pii, action: flag, types: [ name ] }")
                .containsExactly(
                        "routes.yml:13:56 guardrails.g[0].types[0]: unknown type 'name' (expected one of: card,"
                                + " email, iban, ip, phone, ssn)");
    }

    @Test
    void aModeratorIsNamed() {
        String by = ", moderator: { provider: openai, thresholds: { hate/threatening: 0.5 } } }";
        problems("{ rule: moderation, phase: input, action: block" + by).isEmpty();
        problems("{ rule: moderation, action: block" + by).isEmpty();
        problems("{ rule: moderation, phase: output, action: flag" + by).isEmpty();
        problems("{ rule: moderation, phase: input, action: redact" + by)
                .singleElement()
                .asString()
                .contains("a text is judged as a whole");
        problems("{ rule: moderation, phase: input, action: flag }")
                .singleElement()
                .asString()
                .contains("missing (expected: a mapping with a provider)");
        problems("{ rule: moderation, phase: input, action: flag, moderator: { provider: nope, timeout: 0s,"
                        + " thresholds: { hate: 7 } } }")
                .hasSize(3);
        problems("{ rule: pii, action: flag" + by).singleElement().asString().contains("has no effect here");
    }

    @Test
    void aBrandSaysWhatItForbidsOrWants() {
        problems("{ rule: brand, action: redact, words: [ cheapest ] }, "
                        + "{ rule: brand, phase: output, action: block, required: [ Terms apply ] }")
                .isEmpty();
        problems("{ rule: brand, action: flag }").singleElement().asString().contains("missing (expected: a list");
        problems("{ rule: brand, action: flag, required: [ Terms apply ] }")
                .singleElement()
                .asString()
                .contains("has no effect on what is asked (expected: phase: output beside it)");
        problems("{ rule: brand, phase: output, action: redact, required: [ Terms apply ] }")
                .singleElement()
                .asString()
                .contains("nothing to take out");
        problems("{ rule: brand, phase: output, action: flag, required: [ 'say \"it\"', ab ] }")
                .hasSize(2);
        problems("{ rule: words, action: flag, words: [ one ], required: [ Terms apply ] }")
                .hasSize(1);
    }

    @Test
    void anArgumentThatARuleDoesNotTakeIsTold() {
        problems("{ rule: pii, action: flag, words: [ one ] }")
                .containsExactly("routes.yml:13:54 guardrails.g[0].words: has no effect here (expected: no such key at"
                        + " this rule)");
        problems("{ rule: words, action: flag, words: [ one ], types: [ x ] }").hasSize(1);
        problems("{ rule: pii, action: flag, edit: [ reasoning ] }").hasSize(1);
    }

    @Test
    void whatARuleNeedsIsAskedFor() {
        problems("{ rule: words, action: flag }, { rule: regex, action: flag }, { rule: json-schema, action: flag }")
                .hasSize(3)
                .allMatch(problem -> problem.contains("missing (expected: a"));
    }

    @Test
    void expressionsAndSchemasAreRead() {
        problems("{ rule: regex, action: flag, patterns: { a: \"(x\", b: \"x*\", C: y } }")
                .hasSize(3);
        problems("{ rule: json-schema, action: flag, schema: \"{\" }").hasSize(1);
        problems("{ rule: json-schema, action: flag, schema: '{\"type\": 5}' }").hasSize(1);
        problems("{ rule: json-schema, action: redact, schema: '{}' }").hasSize(1);
        problems("{ rule: regex, action: flag, patterns: { a: \"A-[0-9]{4}\" } }")
                .isEmpty();
    }

    @Test
    void aRouteWithoutTheStepsIsWarnedOf() {
        String yaml = Sample.with("  demo: { keys:", "  demo: { guardrails: [ g ], keys:")
                .replace(ROUTES, "guardrails: { g: [ { rule: pii, action: flag } ] }\nroutes:\n");
        assertThat(Compiling.compile(yaml, Map.of()).warnings())
                .contains("guardrails do not all hold on route 'chat' (expected: GuardInput and GuardOutput in"
                        + " default-filters)");
    }
}
