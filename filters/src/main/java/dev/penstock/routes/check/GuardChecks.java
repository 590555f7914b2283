package dev.penstock.routes.check;

import dev.penstock.core.Json;
import dev.penstock.guard.GuardTypes;
import dev.penstock.guard.GuardrailConfig;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.Expressions;
import dev.penstock.prompt.kind.JsonSchema;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.ProviderConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Checks {@code guardrails:} and where their names stand: what a rule does not take is an error, and so is what it lacks. */
final class GuardChecks {

    private static final int SHORTEST_WORD = 3;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern ESCAPED = Pattern.compile("[\\x00-\\x1f\"\\\\]");
    private static final String NO_EFFECT = "has no effect here (expected: no such key at this rule)";

    private final Problems problems;
    private final Collection<String> names;
    private final ModeratorChecks moderators;

    GuardChecks(Problems problems, Collection<String> names, Map<String, ProviderConfig> providers) {
        this.problems = problems;
        this.names = names;
        this.moderators = new ModeratorChecks(problems, providers);
    }

    /** The names at a service or a team. */
    void named(List<String> guardrails, Tree at) {
        Tree list = at.nearest("guardrails");
        for (int i = 0; i < guardrails.size(); i++) {
            Tree found = Lists.item(list, i);
            if (!names.contains(guardrails.get(i))) {
                problems.add(found, Names.unknown("guardrail", found, guardrails.get(i), names));
            }
        }
    }

    void check(List<GuardrailConfig> guardrail, Tree list) {
        moderators.check(guardrail, list);
        for (int i = 0; i < guardrail.size(); i++) {
            GuardrailConfig config = guardrail.get(i);
            Tree at = Lists.item(list, i);
            types(config, at);
            only(at, "words", config.rule(), Set.of(Rule.WORDS, Rule.BRAND));
            only(at, "required", config.rule(), Set.of(Rule.BRAND));
            only(at, "moderator", config.rule(), Set.of(Rule.MODERATION));
            only(at, "schema", config.rule(), Set.of(Rule.JSON_SCHEMA));
            only(at, "patterns", config.rule(), Set.of(Rule.REGEX, Rule.PII));
            words(config, at);
            brand(config, at);
            patterns(config, at);
            schema(config, at);
            if (!config.edit().isEmpty() && config.action() != Action.REDACT) {
                problems.add(at.nearest("edit"), "has no effect here (expected: action: redact beside it)");
            }
        }
    }

    private void only(Tree at, String key, Rule rule, Set<Rule> rules) {
        if (!rules.contains(rule)) {
            at.find(key).ifPresent(found -> problems.add(found, NO_EFFECT));
        }
    }

    private void types(GuardrailConfig config, Tree at) {
        Set<String> known = GuardTypes.of(config.rule());
        for (int i = 0; i < config.types().size(); i++) {
            Tree found = Lists.item(at.nearest("types"), i);
            if (known.isEmpty()) {
                problems.add(found, NO_EFFECT);
            } else if (!known.contains(config.types().get(i))) {
                problems.add(found, Names.unknown("type", found, config.types().get(i), known));
            }
        }
    }

    private void words(GuardrailConfig config, Tree at) {
        if (config.rule() == Rule.WORDS && config.words().isEmpty()) {
            problems.missing(at, "words", "a list of words");
        }
        lengths(config.words(), at.nearest("words"));
        lengths(config.required(), at.nearest("required"));
    }

    private void lengths(List<String> words, Tree list) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).strip().length() < SHORTEST_WORD) {
                problems.add(
                        Lists.item(list, i),
                        "a word that is too short (expected: " + SHORTEST_WORD + " characters or more)");
            }
        }
    }

    /** What has to be said is looked for in answers, which content routes give as JSON. */
    private void brand(GuardrailConfig config, Tree at) {
        if (config.rule() == Rule.BRAND
                && config.words().isEmpty()
                && config.required().isEmpty()) {
            problems.missing(at, "words", "a list of words that the brand does not allow, or required: beside it");
        }
        if (config.rule() != Rule.BRAND || config.required().isEmpty()) {
            return;
        }
        if (config.phase() != Phase.OUTPUT) {
            problems.add(at.nearest("required"), "has no effect on what is asked (expected: phase: output beside it)");
        }
        if (config.action() == Action.REDACT) {
            problems.add(at.nearest("action"), "redact (expected: allow, flag or block: there is nothing to take out)");
        }
        for (int i = 0; i < config.required().size(); i++) {
            if (ESCAPED.matcher(config.required().get(i)).find()) {
                problems.add(
                        Lists.item(at.nearest("required"), i),
                        "a phrase that JSON writes otherwise (expected: no quote, backslash or line break)");
            }
        }
    }

    private void patterns(GuardrailConfig config, Tree at) {
        if (config.rule() == Rule.REGEX && config.patterns().isEmpty()) {
            problems.missing(at, "patterns", "a mapping of names to regular expressions");
        }
        config.patterns().forEach((name, expression) -> {
            Tree found = at.nearest("patterns").nearest(name);
            if (!NAME.matcher(name).matches()) {
                problems.add(found, "a name that cannot be used (expected: up to 40 of a-z, 0-9 and -)");
            }
            try {
                Expressions.pattern(expression);
            } catch (IllegalArgumentException wrong) {
                problems.add(
                        found, "an expression that cannot be used: " + wrong.getMessage() + " (expected: RE2 syntax)");
            }
        });
    }

    private void schema(GuardrailConfig config, Tree at) {
        if (config.rule() != Rule.JSON_SCHEMA) {
            return;
        }
        if (config.schema().isEmpty()) {
            problems.missing(at, "schema", "a JSON Schema, as JSON text");
            return;
        }
        if (config.action() == Action.REDACT) {
            problems.add(at.nearest("action"), "redact (expected: allow, flag or block: there is nothing to take out)");
        }
        try {
            JsonSchema.of(Json.LENIENT_DEPTH.read(config.schema().get()));
        } catch (JacksonException broken) {
            problems.add(at.nearest("schema"), "a text that is no JSON (expected: a JSON Schema, as JSON text)");
        } catch (IllegalArgumentException wrong) {
            problems.add(at.nearest("schema"), wrong.getMessage());
        }
    }
}
