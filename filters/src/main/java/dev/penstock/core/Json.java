package dev.penstock.core;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reading and writing JSON so that a tree round trip changes nothing: no duplicate keys, no trailing tokens, numbers keep
 * their digits, numbers beyond a double's range are refused. Safe to share between threads.
 */
public final class Json {

    /** For what providers send and what Penstock writes: deep enough for any recorded answer. */
    public static final Json LENIENT_DEPTH = new Json(500);

    private final JsonMapper mapper;
    private final TreeReader reader;

    /** {@code maxDepth} is the deepest nesting of objects and arrays that is read. */
    public Json(int maxDepth) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(400)
                .build();
        this.mapper = JsonMapper.builder(factory(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .nodeFactory(FiniteNumbers.INSTANCE)
                .build();
        this.reader = new TreeReader(factory(constraints).build(), FiniteNumbers.INSTANCE);
    }

    /** Few threads read and write, and each does it to the end: its buffers are its own. */
    private static JsonFactoryBuilder factory(StreamReadConstraints constraints) {
        return JsonFactory.builder()
                .streamReadConstraints(constraints)
                .recyclerPool(JsonRecyclerPools.threadLocalPool());
    }

    /** @throws JacksonException when the bytes are not one JSON document within the limits */
    public JsonNode read(byte[] bytes) {
        try {
            JsonNode tree = reader.read(bytes);
            if (tree != null) {
                return tree;
            }
        } catch (JacksonException | ArithmeticException | NumberFormatException wrong) {
            // said below, in Jackson's words and with the place
        }
        return readStrictly(bytes);
    }

    private JsonNode readStrictly(byte[] bytes) {
        try {
            return mapper.readTree(bytes);
        } catch (ArithmeticException | NumberFormatException outOfRange) {
            throw new StreamReadException(null, "number out of range (expected: a finite double)");
        }
    }

    /** @throws JacksonException when the text is not one JSON document within the limits */
    public JsonNode read(String text) {
        return mapper.readTree(text);
    }

    /** @throws JacksonException for a text that is no Unicode */
    public byte[] write(JsonNode node) {
        return TreeBytes.of(node);
    }

    public String text(JsonNode node) {
        return mapper.writeValueAsString(node);
    }

    /** The mapper, for streaming parsers. */
    public JsonMapper mapper() {
        return mapper;
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The member's text, or {@code ""} when it is missing, null or not a string. */
    public static String string(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString() ? value.stringValue() : "";
    }

    /** The member's integer, also when it comes as a string of digits; 0 when it is missing or something else. */
    public static long integer(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : Long.MAX_VALUE;
        }
        return value.isString() && value.stringValue().matches("\\d{1,18}") ? Long.parseLong(value.stringValue()) : 0;
    }
}
