package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Edit;
import dev.penstock.guard.detect.Detector;
import dev.penstock.guard.detect.Expressions;
import dev.penstock.guard.detect.Injection;
import dev.penstock.guard.detect.KnownKeys;
import dev.penstock.guard.detect.Phrases;
import dev.penstock.guard.detect.Secrets;
import dev.penstock.guard.detect.Wanted;
import dev.penstock.guard.pii.Pii;
import dev.penstock.guard.pii.PiiType;
import dev.penstock.prompt.kind.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a guardrail, ready to run. Immutable, so thread-safe.
 *
 * @param guardrail the name of the list that it stands in
 * @param schema what a whole text has to fit, in place of detectors
 * @param wanted what a whole text has to say, beside detectors
 */
record Control(
        String guardrail,
        GuardrailConfig config,
        List<Detector> detectors,
        @Nullable JsonSchema schema,
        @Nullable Wanted wanted) {

    /** What brands call a phrase that they do not allow. */
    static final String FORBIDDEN = "forbidden";

    static Control of(String guardrail, GuardrailConfig config, List<String> providerKeys) {
        JsonSchema schema = config.schema()
                .map(text -> JsonSchema.of(Json.LENIENT_DEPTH.read(text)))
                .orElse(null);
        Wanted wanted = config.required().isEmpty() ? null : new Wanted(config.required());
        return new Control(guardrail, config, detectors(config, providerKeys), schema, wanted);
    }

    private static List<Detector> detectors(GuardrailConfig config, List<String> providerKeys) {
        return switch (config.rule()) {
            // the gateway's own keys first: where one has the form of a kind, it is still known whose it is
            case SECRETS -> List.of(new KnownKeys(providerKeys), new Secrets());
            case PII -> personal(config);
            case INJECTION -> List.of(new Injection());
            case WORDS -> List.of(new Phrases(Phrases.TYPE, config.words()));
            case REGEX -> List.of(new Expressions(config.patterns()));
            case BRAND -> List.of(new Phrases(FORBIDDEN, config.words()));
            case JSON_SCHEMA, MODERATION -> List.of();
        };
    }

    private static List<Detector> personal(GuardrailConfig config) {
        Set<PiiType> types = config.types().stream()
                .map(type -> PiiType.valueOf(type.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        List<Detector> detectors = new ArrayList<>(2);
        if (!types.isEmpty() || config.patterns().isEmpty()) {
            detectors.add(new Pii(types.isEmpty() ? Set.of(PiiType.values()) : types));
        }
        if (!config.patterns().isEmpty()) {
            detectors.add(new Expressions(config.patterns()));
        }
        return detectors;
    }

    /** Itself only: two entries that say the same are two controls. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Whether it has to see a text as a whole. */
    boolean checksWhole() {
        return schema != null || wanted != null;
    }

    /** Whether it asks somebody else. */
    boolean asks() {
        return config.moderator().isPresent();
    }

    boolean wants(String type) {
        return config.types().isEmpty()
                || config.types().contains(type)
                || config.patterns().containsKey(type);
    }

    /** What is done about something in such a text: what may not be changed is flagged instead. */
    Action action(TextKind kind) {
        return config.action() == Action.REDACT && !edits(kind) ? Action.FLAG : config.action();
    }

    private boolean edits(TextKind kind) {
        return switch (kind) {
            case MESSAGE, SYSTEM -> true;
            case TOOL_ARGUMENTS -> config.edit().contains(Edit.TOOL_ARGUMENTS);
            case TOOL_RESULT -> config.edit().contains(Edit.TOOL_RESULTS);
            case REASONING -> config.edit().contains(Edit.REASONING);
            case TOOL_DESCRIPTION -> false;
        };
    }
}
