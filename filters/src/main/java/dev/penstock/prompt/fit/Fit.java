package dev.penstock.prompt.fit;

import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a text holds an answer.
 *
 * @param answer absent when it does not
 * @param repaired more was done than to find it and to drop fields that the kind does not have
 * @param cut the text ended inside it
 * @param problem what is wrong with the object that comes closest; names and types, never its text
 */
public record Fit(@Nullable ObjectNode answer, boolean repaired, boolean cut, String problem) {

    private static final int MOST = 64;
    private static final int DEEPEST = 3;
    private static final int MOST_UNWRAPPED = 256 * 1024;

    /**
     * The object that fits best: what needs least comes first. Whole before cut, as it stands before coerced, outermost before
     * wrapped in something; among equals the first.
     */
    public static Fit of(Kind kind, JsonNode input, String text) {
        Form form = new Form(kind, input, kind.outputSchema());
        List<Found> outermost = TolerantJson.objects(text);
        List<Found> all = new ArrayList<>(outermost);
        for (int i = 0; i < outermost.size() && all.size() < MOST; i++) {
            unwrap(outermost.get(i), 1, all);
        }
        for (Found found : all) {
            if (!found.cut() && !found.mended()) {
                Optional<ObjectNode> fitting = form.accept(found.object());
                if (fitting.isPresent()) {
                    return inner(form, fitting.get(), false);
                }
            }
        }
        return changed(form, all, false)
                .or(() -> changed(form, all, true))
                .orElseGet(() -> new Fit(null, false, false, problem(form, all, text)));
    }

    private static Optional<Fit> changed(Form form, List<Found> all, boolean cut) {
        return all.stream()
                .filter(found -> found.cut() == cut)
                .flatMap(found -> form.accept(found.object()).stream())
                .findFirst()
                .or(() -> all.stream()
                        .filter(found -> found.cut() == cut)
                        .flatMap(found -> form.accept(Coercion.of(found.object(), form.schema())).stream())
                        .findFirst())
                .map(answer -> cut ? new Fit(answer, true, true, "") : inner(form, answer, true));
    }

    /** An answer whose text is, all of it, another answer of this kind: that one was meant. */
    private static Fit inner(Form form, ObjectNode answer, boolean repaired) {
        for (JsonNode value : answer) {
            String text = value.isString() ? value.stringValue().strip() : "";
            if (text.startsWith("{") && text.endsWith("}") && text.length() < MOST_UNWRAPPED) {
                for (Found found : TolerantJson.objects(text)) {
                    Optional<ObjectNode> fitting = found.cut() ? Optional.empty() : form.accept(found.object());
                    if (fitting.isPresent()) {
                        return new Fit(fitting.get(), true, false, "");
                    }
                }
            }
        }
        return new Fit(answer, repaired, false, "");
    }

    /** The objects in an object: members, elements, and texts that are JSON. */
    private static void unwrap(Found outer, int depth, List<Found> to) {
        outer.object().forEach(value -> unwrap(outer, value, depth, to));
    }

    private static void unwrap(Found outer, JsonNode value, int depth, List<Found> to) {
        if (depth > DEEPEST || to.size() >= MOST) {
            return;
        }
        if (value instanceof ObjectNode object) {
            Found inner = outer.unwrapped(object);
            to.add(inner);
            unwrap(inner, depth + 1, to);
        } else if (value.isArray()) {
            value.forEach(element -> unwrap(outer, element, depth + 1, to));
        } else if (value.isString() && mayHold(value.stringValue())) {
            TolerantJson.objects(value.stringValue()).forEach(found -> {
                Found inner = new Found(found.object(), true, found.cut() || outer.cut());
                to.add(inner);
                unwrap(inner, depth + 1, to);
            });
        }
    }

    private static boolean mayHold(String text) {
        return text.length() < MOST_UNWRAPPED && text.indexOf('{') >= 0 && text.indexOf('}') > 0;
    }

    private static String problem(Form form, List<Found> all, String text) {
        if (text.length() > TolerantJson.LONGEST) {
            return "it is longer than " + TolerantJson.LONGEST + " characters";
        }
        Found best = null;
        for (Found found : all) {
            if (best == null || form.knows(found.object()) > form.knows(best.object())) {
                best = found;
            }
        }
        if (best == null) {
            return "no JSON object in it";
        }
        String wrong = form.wrong(form.kind().pruned(best.object()))
                .map(Violation::toString)
                .orElse("it does not fit");
        return best.cut() ? wrong + ", and the text ends inside the object" : wrong;
    }
}
