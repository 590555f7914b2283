package dev.penstock.audit;

import dev.penstock.core.Asked;
import dev.penstock.core.Part;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.core.Turn;
import dev.penstock.exchange.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The single texts of a request or an answer, as keyed hashes: the first of a system, and the last ones of the rest. What stood
 * further up in a conversation was among the last ones of an earlier call.
 */
final class SaidTexts implements TextVisitor {

    /** Of the rest, and of a kind's fields. */
    private static final int MOST = 8;

    private @Nullable String system;
    private final Deque<String> rest = new ArrayDeque<>(MOST + 1);
    private final List<String> fields = new ArrayList<>(0);
    private int more;

    /**
     * What leaves.
     *
     * @param first what the caller asked, whose fields may have become a part of a prompt
     */
    static SaidTexts sent(Texts texts, Asked first, Asked cleared) {
        SaidTexts said = new SaidTexts();
        if (!cleared.dialect().isEmpty()) {
            texts.asked(cleared.body(), said);
            return said;
        }
        for (Turn turn : cleared.hub().turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Text it) {
                    said.text(turn.role() == Turn.Role.SYSTEM ? TextKind.SYSTEM : TextKind.MESSAGE, "", it.text());
                }
            }
        }
        said.fields(first.body(), cleared);
        return said;
    }

    /** What comes back as a whole. */
    static SaidTexts answered(Texts texts, ObjectNode body) {
        SaidTexts said = new SaidTexts();
        texts.answered(body, said);
        return said;
    }

    @Override
    public String text(TextKind kind, String at, String text) {
        if (kind != TextKind.TOOL_DESCRIPTION && kind != TextKind.REASONING && !TextHash.isTooShort(text)) {
            if (kind == TextKind.SYSTEM && system == null) {
                system = text;
            } else {
                rest.addLast(text);
            }
            if (rest.size() > MOST) {
                rest.removeFirst();
                more++;
            }
        }
        return text;
    }

    /** Those that stand in the prompt as they came: a template may leave one out, and a guard may change it. */
    private void fields(JsonNode node, Asked prompt) {
        if (node.isString()) {
            String text = node.stringValue().strip();
            if (!TextHash.isTooShort(text) && stands(text, prompt)) {
                field(text);
            }
            return;
        }
        node.forEach(inner -> fields(inner, prompt));
    }

    private void field(String text) {
        if (fields.contains(text)) {
            return;
        }
        if (fields.size() < MOST) {
            fields.add(text);
        } else {
            more++;
        }
    }

    private static boolean stands(String text, Asked prompt) {
        return prompt.hub().turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .anyMatch(part -> part instanceof Part.Text it && it.text().contains(text));
    }

    /** Adds {@code texts}, and {@code texts_more} where some are left out; nothing where there is none. */
    void describe(TextHash hash, ObjectNode record) {
        List<String> hashes = new ArrayList<>(1 + fields.size() + rest.size());
        if (system != null) {
            hashes.add(hash.of(system));
        }
        fields.forEach(text -> once(hash.of(text), hashes));
        rest.forEach(text -> once(hash.of(text), hashes));
        if (!hashes.isEmpty()) {
            ArrayNode list = record.putArray("texts");
            hashes.forEach(list::add);
        }
        if (more > 0) {
            record.put("texts_more", more);
        }
    }

    private static void once(String hash, List<String> hashes) {
        if (!hashes.contains(hash)) {
            hashes.add(hash);
        }
    }
}
