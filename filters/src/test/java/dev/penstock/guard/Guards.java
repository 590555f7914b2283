package dev.penstock.guard;

import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Edit;
import dev.penstock.guard.GuardrailConfig.ModeratorConfig;
import dev.penstock.guard.GuardrailConfig.OnError;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.guard.GuardrailConfig.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries of guardrails as tests want them. */
final class Guards {

    private Guards() {}

    static GuardrailConfig of(Rule rule, Action action) {
        return new GuardrailConfig(
                rule,
                Phase.BOTH,
                action,
                OnError.CLOSED,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** By a moderator of no name, by what it says itself. */
    static GuardrailConfig moderation(Action action, OnError onError) {
        return new GuardrailConfig(
                Rule.MODERATION,
                Phase.OUTPUT,
                action,
                onError,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new ModeratorConfig("judge", Optional.empty(), Map.of(), Duration.ofSeconds(20))));
    }

    static GuardrailConfig edit(Rule rule, Edit... edit) {
        return new GuardrailConfig(
                rule,
                Phase.BOTH,
                Action.REDACT,
                OnError.CLOSED,
                List.of(),
                List.of(edit),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static GuardrailConfig words(Action action, String... words) {
        return new GuardrailConfig(
                Rule.WORDS,
                Phase.BOTH,
                action,
                OnError.CLOSED,
                List.of(),
                List.of(),
                Map.of(),
                List.of(words),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of answers. */
    static GuardrailConfig brand(Action action, List<String> forbidden, String... required) {
        return new GuardrailConfig(
                Rule.BRAND,
                Phase.OUTPUT,
                action,
                OnError.CLOSED,
                List.of(),
                List.of(),
                Map.of(),
                forbidden,
                List.of(required),
                Optional.empty(),
                Optional.empty());
    }

    static GuardrailConfig regex(Action action, OnError onError, String name, String expression) {
        return new GuardrailConfig(
                Rule.REGEX,
                Phase.BOTH,
                action,
                onError,
                List.of(),
                List.of(),
                Map.of(name, expression),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static GuardrailConfig schema(Action action, String schema) {
        return new GuardrailConfig(
                Rule.JSON_SCHEMA,
                Phase.BOTH,
                action,
                OnError.CLOSED,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.of(schema),
                Optional.empty());
    }

    static Inspection inspection(GuardrailConfig... configs) {
        return new Inspection(java.util.Arrays.stream(configs)
                .map(config -> Control.of("test", config, List.of("provider-secret-0123456789")))
                .toList());
    }
}
