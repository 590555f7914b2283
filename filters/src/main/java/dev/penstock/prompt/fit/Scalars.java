package dev.penstock.prompt.fit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers and the words for true, false and nothing, also Python's and JavaScript's. */
final class Scalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST = 400;
    private static final Pattern STRICT = Pattern.compile("-?(0|[1-9]\\d{0,399})(\\.\\d{1,399})?([eE][+-]?\\d{1,3})?");
    private static final Pattern LOOSE =
            Pattern.compile("[+-]?(\\d{1,399}\\.?|\\d{0,399}\\.\\d{1,399})([eE][+-]?\\d{1,3})?");

    private static final Map<String, JsonNode> STRICT_WORDS =
            Map.of("true", NODES.booleanNode(true), "false", NODES.booleanNode(false), "null", NODES.nullNode());
    private static final Map<String, JsonNode> LOOSE_WORDS = Map.of(
            "True", NODES.booleanNode(true),
            "TRUE", NODES.booleanNode(true),
            "False", NODES.booleanNode(false),
            "FALSE", NODES.booleanNode(false),
            "None", NODES.nullNode(),
            "NULL", NODES.nullNode(),
            "undefined", NODES.nullNode(),
            "NaN", NODES.nullNode(),
            "Infinity", NODES.nullNode(),
            "-Infinity", NODES.nullNode());

    private Scalars() {}

    /** The value that begins here; absent when the text ends in it. */
    static @Nullable JsonNode read(Tape tape) {
        int end = tape.at();
        String text = tape.text();
        while (end < text.length() && end - tape.at() <= LONGEST && isPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(tape.at(), end);
        tape.to(end);
        if (end == text.length()) {
            tape.cutHere();
            return null;
        }
        JsonNode strict = STRICT_WORDS.get(word);
        if (strict == null && STRICT.matcher(word).matches()) {
            strict = number(word);
        }
        if (strict != null) {
            return strict;
        }
        tape.mend();
        JsonNode loose = LOOSE_WORDS.get(word);
        if (loose == null && LOOSE.matcher(word).matches()) {
            loose = number(word.endsWith(".") ? word + "0" : word.replace(".e", ".0e"));
        }
        if (loose == null) {
            throw Tape.Unreadable.HERE;
        }
        return loose;
    }

    private static boolean isPart(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '+' || c == '.';
    }

    /** Absent beyond a double's range. */
    static @Nullable JsonNode number(String text) {
        if (text.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+')) {
            BigInteger whole = new BigInteger(text);
            return Double.isFinite(whole.doubleValue()) ? ofWhole(whole) : null;
        }
        BigDecimal decimal = new BigDecimal(text);
        return Double.isFinite(decimal.doubleValue()) ? NODES.numberNode(decimal) : null;
    }

    private static JsonNode ofWhole(BigInteger whole) {
        if (whole.bitLength() < 32) {
            return NODES.numberNode(whole.intValue());
        }
        return whole.bitLength() < 64 ? NODES.numberNode(whole.longValue()) : NODES.numberNode(whole);
    }
}
