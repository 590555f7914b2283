package dev.penstock.surface.chat;

import dev.penstock.core.GatewayException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Typed members of one object of the request; a member of another type is the caller's mistake, named by its path. Null and
 * absent are the same.
 *
 * @param path of the object, such as {@code messages[2].content[0]}; empty for the body
 */
record Fields(JsonNode node, String path) {

    static Fields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw GatewayException.invalid(path, kind(node), "an object");
        }
        return new Fields(node, path);
    }

    String pathOf(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    JsonNode get(String member) {
        return node.path(member);
    }

    boolean has(String member) {
        return node.hasNonNull(member);
    }

    Fields object(String member) {
        return of(node.path(member), pathOf(member));
    }

    /** The items of a list, each an object. */
    List<Fields> objects(String member) {
        JsonNode list = node.path(member);
        if (!has(member)) {
            return List.of();
        }
        if (!list.isArray()) {
            throw wrong(member, "a list");
        }
        List<Fields> items = new ArrayList<>();
        list.forEach(item -> items.add(of(item, pathOf(member) + "[" + items.size() + "]")));
        return items;
    }

    /** A string that must be there. */
    String text(String member) {
        String text = string(member);
        if (text == null) {
            throw wrong(member, "a string");
        }
        return text;
    }

    @Nullable
    String string(String member) {
        JsonNode value = node.path(member);
        if (!has(member)) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(member, "a string");
        }
        return value.stringValue();
    }

    @Nullable
    Boolean bool(String member) {
        JsonNode value = node.path(member);
        if (!has(member)) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrong(member, "true or false");
        }
        return value.booleanValue();
    }

    @Nullable
    Integer integer(String member) {
        JsonNode value = node.path(member);
        if (!has(member)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(member, "an integer");
        }
        return value.intValue();
    }

    @Nullable
    Double number(String member) {
        JsonNode value = node.path(member);
        if (!has(member)) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(member, "a number");
        }
        return value.doubleValue();
    }

    GatewayException wrong(String member, String expected) {
        return GatewayException.invalid(pathOf(member), kind(node.path(member)), expected);
    }

    /** A string that is none of those that it can be; it is not repeated, since it may be anything. */
    GatewayException unknown(String member, String expected) {
        return GatewayException.invalid(pathOf(member), "is another word", expected);
    }

    /** What kind of value it is; never the value. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "is missing";
            case NULL -> "is null";
            case STRING -> node.stringValue().isEmpty() ? "is empty" : "is a string";
            case NUMBER -> "is a number";
            case BOOLEAN -> "is a boolean";
            case ARRAY -> node.isEmpty() ? "is an empty list" : "is a list";
            default -> "is an object";
        };
    }
}
