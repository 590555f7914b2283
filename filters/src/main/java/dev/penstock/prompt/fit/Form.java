package dev.penstock.prompt.fit;

import dev.penstock.core.BrandRules;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Violation;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The kind and the request that an answer has to fit. */
record Form(Kind kind, JsonNode input, JsonNode schema) {

    Optional<ObjectNode> accept(ObjectNode candidate) {
        ObjectNode pruned = kind.pruned(candidate);
        return wrong(pruned).isEmpty() ? Optional.of(pruned) : Optional.empty();
    }

    Optional<Violation> wrong(ObjectNode pruned) {
        return kind.violation(pruned, input).or(() -> blank(pruned)).or(() -> offBrand(pruned));
    }

    /** A model that judges a text may quote it. */
    private Optional<Violation> offBrand(ObjectNode pruned) {
        return kind.judges()
                ? Optional.empty()
                : kind.brandFindings(pruned, input).stream()
                        .map(Form::violation)
                        .findFirst();
    }

    private static Violation violation(BrandRules.Finding finding) {
        String where = finding.field().isEmpty() ? "answer" : finding.field();
        String term = "'" + finding.term() + "'";
        return switch (finding.rule()) {
            case FORBIDDEN_TERM -> new Violation(where, "uses a term that the brand forbids", "no " + term);
            case COMPETITOR -> new Violation(where, "names a competitor", "no " + term);
            case MISSING_DISCLAIMER -> new Violation(where, "lacks a disclaimer", "the words " + term);
        };
    }

    /** A schema counts a space as a character; a reader does not. */
    private Optional<Violation> blank(ObjectNode pruned) {
        for (var member : pruned.properties()) {
            boolean wanted = schema.path("properties")
                            .path(member.getKey())
                            .path("minLength")
                            .asInt(0)
                    > 0;
            if (wanted
                    && member.getValue().isString()
                    && member.getValue().stringValue().chars().allMatch(c -> Glyphs.isSpace((char) c))) {
                return Optional.of(new Violation(member.getKey(), "is blank", "a text"));
            }
        }
        return Optional.empty();
    }

    int knows(ObjectNode candidate) {
        return (int) candidate.propertyNames().stream()
                .filter(schema.path("properties")::has)
                .count();
    }
}
