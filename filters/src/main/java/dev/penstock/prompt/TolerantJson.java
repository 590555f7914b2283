package dev.penstock.prompt;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds JSON objects inside prose or code fences, and reads them as models write them: with trailing commas, single quotes,
 * raw line breaks in strings. It completes nothing: an object that was cut is not one.
 */
final class TolerantJson {

    private static final int MOST_TRIES = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(400)
                            .build())
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TolerantJson() {}

    /** The outermost objects, in their order. Tries a bounded number of places. */
    static List<ObjectNode> objects(String text) {
        List<ObjectNode> found = new ArrayList<>();
        int from = text.indexOf('{');
        for (int tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
            int end = readInto(found, text, from);
            from = end < 0 ? end : text.indexOf('{', end);
        }
        return found;
    }

    /** Where to go on looking; negative when the text ended inside an object. */
    private static int readInto(List<ObjectNode> found, String text, int from) {
        try (JsonParser parser = MAPPER.createParser(text.substring(from))) {
            if (MAPPER.readTree(parser) instanceof ObjectNode object) {
                found.add(object);
            }
            return from + (int) parser.currentLocation().getCharOffset();
        } catch (UnexpectedEndOfInputException cut) {
            return -1;
        } catch (JacksonException notAnObject) {
            return from + 1;
        }
    }
}
