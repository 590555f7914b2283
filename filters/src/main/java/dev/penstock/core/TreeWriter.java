package dev.penstock.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes trees as Jackson's own serializers do, without the context that is made for each and the features that it is asked for. */
final class TreeWriter {

    private final JsonFactory factory;

    TreeWriter(JsonFactory factory) {
        this.factory = factory;
    }

    /** Null, or an exception of Jackson's, for a tree with more in it than JSON knows. */
    byte @Nullable [] write(JsonNode node) {
        Pieces bytes = new Pieces();
        boolean done;
        try (JsonGenerator to = factory.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            done = write(node, to);
        }
        return done ? bytes.all() : null;
    }

    private static boolean write(JsonNode node, JsonGenerator to) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                return object((ObjectNode) node, to);
            }
            case ARRAY -> {
                return array(node, to);
            }
            case STRING -> to.writeString(node.stringValue());
            case NUMBER -> number(node, to);
            case BOOLEAN -> to.writeBoolean(node.booleanValue());
            case NULL -> to.writeNull();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean object(ObjectNode object, JsonGenerator to) {
        to.writeStartObject();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            to.writeName(member.getKey());
            if (!write(member.getValue(), to)) {
                return false;
            }
        }
        to.writeEndObject();
        return true;
    }

    private static boolean array(JsonNode array, JsonGenerator to) {
        to.writeStartArray();
        for (int i = 0; i < array.size(); i++) {
            if (!write(array.get(i), to)) {
                return false;
            }
        }
        to.writeEndArray();
        return true;
    }

    private static void number(JsonNode number, JsonGenerator to) {
        switch (number.numberType()) {
            case INT -> to.writeNumber(number.intValue());
            case LONG -> to.writeNumber(number.longValue());
            case BIG_INTEGER -> to.writeNumber(number.bigIntegerValue());
            case FLOAT -> to.writeNumber(number.floatValue());
            case DOUBLE -> to.writeNumber(number.doubleValue());
            case BIG_DECIMAL -> to.writeNumber(number.decimalValue());
        }
    }
}
