package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was found in a text, which is lower-case. */
record Review(String content, List<String> issues, List<String> suggestions) {

    private static final int MOST = 50;

    Review(String content) {
        this(content, new ArrayList<>(), new ArrayList<>());
    }

    void forbidden(String term) {
        if (holds(term)) {
            issues.add("The forbidden term \"" + term + "\" is used.");
            suggestions.add("Say it without \"" + term + "\".");
        }
    }

    void competitor(String name) {
        if (holds(name)) {
            issues.add("The competitor \"" + name + "\" is mentioned.");
            suggestions.add("Leave out \"" + name + "\" and speak of your own.");
        }
    }

    void disclaimer(String wanted) {
        if (!holds(wanted)) {
            issues.add("A required disclaimer is missing: \"" + wanted + "\"");
            suggestions.add("Add at the end: \"" + wanted + "\"");
        }
    }

    ObjectNode result() {
        ObjectNode draft = Json.object().put("compliant", issues.isEmpty());
        ArrayNode found = draft.putArray("issues");
        issues.stream().limit(MOST).forEach(found::add);
        ArrayNode advice = draft.putArray("suggestions");
        suggestions.stream().limit(MOST).forEach(advice::add);
        return draft;
    }

    private boolean holds(String words) {
        return content.contains(words.toLowerCase(Locale.ROOT));
    }
}
