package dev.penstock.guard;

import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.Injection;
import dev.penstock.guard.detect.KnownKeys;
import dev.penstock.guard.detect.Secrets;
import dev.penstock.guard.pii.PiiType;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the rules call the things that they find. */
public final class GuardTypes {

    private GuardTypes() {}

    /** The types that a rule can be narrowed to; empty for rules without any. */
    public static Set<String> of(Rule rule) {
        return switch (rule) {
            case SECRETS -> {
                Set<String> types = new TreeSet<>(Secrets.types());
                types.add(KnownKeys.TYPE);
                yield types;
            }
            case PII ->
                Arrays.stream(PiiType.values()).map(PiiType::wire).collect(Collectors.toCollection(TreeSet::new));
            case INJECTION -> new TreeSet<>(Injection.types());
            default -> Set.of();
        };
    }
}
