package dev.penstock.guard;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An entry of a guardrail in {@code guardrails:}.
 *
 * @param action what is done about what is found
 * @param onError whether a request is refused when the rule could not be run, or goes on
 * @param types of {@code pii}, {@code secrets} and {@code injection}: which of theirs; none means all
 * @param edit what {@code redact} may change beside the texts of messages
 * @param patterns of {@code regex} and {@code pii}: names and expressions (RE2 syntax)
 * @param words of {@code words}, and those that {@code brand} does not allow; case aside
 * @param required of {@code brand}: what each answer has to say, case aside
 * @param moderator of {@code moderation}: who judges
 * @param schema of {@code json-schema}: a JSON Schema (2020-12) as JSON text
 */
public record GuardrailConfig(
        Rule rule,
        @DefaultValue("both") Phase phase,
        Action action,
        @DefaultValue("closed") OnError onError,
        @DefaultValue List<String> types,
        @DefaultValue List<Edit> edit,
        @DefaultValue Map<String, String> patterns,
        @DefaultValue List<String> words,
        @DefaultValue List<String> required,
        Optional<String> schema,
        Optional<ModeratorConfig> moderator) {

    /**
     * Who judges texts, over {@code POST /moderations} of OpenAI's.
     *
     * @param provider of {@code providers:}
     * @param model absent: the moderator's own choice
     * @param thresholds the categories that count, and the scores from which on they do; without any, the moderator's own flags count
     * @param timeout of one question
     */
    public record ModeratorConfig(
            String provider,
            Optional<String> model,
            @DefaultValue Map<String, Double> thresholds,
            @DefaultValue("2s") Duration timeout) {}

    public enum Rule {
        SECRETS,
        PII,
        INJECTION,
        WORDS,
        REGEX,
        JSON_SCHEMA,
        MODERATION,
        BRAND;

        private final String wire = GuardrailConfig.wire(this);

        /** As routes.yml, records and meters have it. */
        public String wire() {
            return wire;
        }
    }

    public enum Phase {
        INPUT,
        OUTPUT,
        BOTH;

        private final String wire = GuardrailConfig.wire(this);

        public boolean has(Phase one) {
            return this == BOTH || this == one;
        }

        public String wire() {
            return wire;
        }
    }

    /** From the mildest to the strictest. */
    public enum Action {
        /** Counted and recorded; nobody is told. */
        ALLOW,
        FLAG,
        REDACT,
        BLOCK;

        private final String wire = GuardrailConfig.wire(this);

        public String wire() {
            return wire;
        }
    }

    public enum OnError {
        CLOSED,
        OPEN
    }

    public enum Edit {
        TOOL_ARGUMENTS,
        TOOL_RESULTS,
        REASONING
    }

    private static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
