package dev.penstock.prompt.fit;

import dev.penstock.prompt.fit.Strings.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds JSON objects in a model's text and reads them as models write them: forgotten and superfluous commas, other quotes, bare
 * keys, raw line breaks, comments, Python's words, missing brackets. Reads at most {@link #LONGEST} characters, {@link #DEEPEST}
 * levels, and does work in proportion to the text's length, whatever it holds.
 */
final class TolerantJson {

    static final int LONGEST = 1 << 20;
    static final int DEEPEST = 64;

    private static final int MOST = 64;
    private static final int EFFORT = 8;
    private static final int MOST_ESCAPED = 3;

    private final Tape tape;
    private final Strings strings;

    private TolerantJson(String text) {
        this.tape = new Tape(text, (long) EFFORT * text.length() + 1024);
        this.strings = new Strings(tape);
    }

    /** The outermost objects, in their order. */
    static List<Found> objects(String text) {
        if (text.length() > LONGEST) {
            return List.of();
        }
        List<Found> found = new TolerantJson(text).all();
        String plain = text;
        for (int times = 0; found.isEmpty() && times < MOST_ESCAPED && plain.contains("\\\""); times++) {
            plain = unescaped(plain);
            found = new TolerantJson(plain)
                    .all().stream().map(each -> each.unwrapped(each.object())).toList();
        }
        return found;
    }

    /** JSON that was written into a JSON string, with that string's quotes or without. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int which = c == '\\' && i + 1 < text.length() ? "\"\\/nrt".indexOf(text.charAt(i + 1)) : -1;
            plain.append(which < 0 ? c : "\"\\/\n\r\t".charAt(which));
            i += which < 0 ? 0 : 1;
        }
        return plain.toString();
    }

    private List<Found> all() {
        List<Found> found = new ArrayList<>();
        int from = tape.text().indexOf('{');
        while (from >= 0 && found.size() < MOST && tape.fuel() > 0) {
            int end = one(from, found);
            from = tape.text().indexOf('{', end);
        }
        return found;
    }

    /** Where to go on looking: behind a whole object, inside one that was cut and in what is none. */
    private int one(int from, List<Found> found) {
        tape.start(from);
        try {
            ObjectNode object = object(1);
            found.add(new Found(object, tape.mended(), tape.cut()));
            return tape.cut() ? from + 1 : tape.at();
        } catch (Tape.Unreadable no) {
            return from + 1;
        }
    }

    private ObjectNode object(int depth) {
        enter(depth);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean comma = true;
        while (goesOn('}', ']', depth)) {
            if (Glyphs.isComma(tape.peek())) {
                comma = comma(comma);
                continue;
            }
            mendUnless(comma);
            comma = false;
            String key = key();
            JsonNode value = key == null ? null : memberValue(depth);
            if (key != null && value != null) {
                put(object, key, value);
            }
        }
        mendIf(comma && !object.isEmpty());
        return object;
    }

    private static void put(ObjectNode object, String key, JsonNode value) {
        JsonNode before = object.get(key);
        if (before != null && !before.equals(value)) {
            throw Tape.Unreadable.HERE;
        }
        object.set(key, value);
    }

    private @Nullable JsonNode memberValue(int depth) {
        tape.space();
        if (tape.isOver()) {
            tape.cutHere();
            return null;
        }
        if (!Glyphs.isColon(tape.peek())) {
            throw Tape.Unreadable.HERE;
        }
        mendIf(tape.peek() != ':');
        tape.skip(1);
        return value(Role.MEMBER, depth);
    }

    private @Nullable String key() {
        if (Glyphs.closing(tape.peek()) != 0) {
            return strings.read(Role.KEY);
        }
        int end = tape.at();
        while (end < tape.text().length() && Glyphs.isWord(tape.text().charAt(end))) {
            end++;
        }
        if (end == tape.at()) {
            throw Tape.Unreadable.HERE;
        }
        String key = tape.text().substring(tape.at(), end);
        tape.mend();
        tape.to(end);
        return key;
    }

    private ArrayNode array(int depth) {
        enter(depth);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        boolean comma = true;
        while (goesOn(']', '}', depth)) {
            if (Glyphs.isComma(tape.peek())) {
                comma = comma(comma);
                continue;
            }
            mendUnless(comma);
            comma = false;
            JsonNode element = value(Role.ELEMENT, depth);
            if (element != null && !(tape.cut() && element.isContainer())) {
                array.add(element);
            }
        }
        mendIf(comma && !array.isEmpty());
        return array;
    }

    /** Absent when the text ends before it does. */
    private @Nullable JsonNode value(Role role, int depth) {
        tape.space();
        if (tape.isOver()) {
            tape.cutHere();
            return null;
        }
        char c = tape.peek();
        if (c == '{') {
            return object(depth + 1);
        }
        if (c == '[') {
            return array(depth + 1);
        }
        if (Glyphs.closing(c) != 0) {
            String text = strings.read(role);
            return text == null ? null : JsonNodeFactory.instance.stringNode(text);
        }
        return Scalars.read(tape);
    }

    private void enter(int depth) {
        if (depth > DEEPEST) {
            throw Tape.Unreadable.HERE;
        }
        tape.skip(1);
    }

    /** Steps over the end if it is here; the bracket of the container around ends this one too, and so does the text. */
    private boolean goesOn(char end, char other, int depth) {
        tape.space();
        if (tape.isOver()) {
            tape.cutHere();
            return false;
        }
        if (tape.peek() == end) {
            tape.skip(1);
            return false;
        }
        if (tape.peek() == other) {
            if (depth == 1) {
                throw Tape.Unreadable.HERE;
            }
            tape.mend();
            return false;
        }
        return true;
    }

    /** A second comma in a row, or one before the first value, is superfluous. */
    private boolean comma(boolean before) {
        mendIf(before || tape.peek() != ',');
        tape.skip(1);
        return true;
    }

    private void mendUnless(boolean fine) {
        mendIf(!fine);
    }

    private void mendIf(boolean wrong) {
        if (wrong) {
            tape.mend();
        }
    }
}
