package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamScanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Looks at events of the verbatim lane. Text passes through the parser without becoming a tree; only the small objects that
 * say something about the stream (usage, stop reason, error) do.
 *
 * <p>{@code message_stop} is {@code FINISH} rather than {@code END}: it is Anthropic's own last event and travels.
 */
final class AnthropicScanner implements StreamScanner {

    private final AnthropicUsage usage = new AnthropicUsage();
    private String model = "";
    private String type = "";
    private String block = "";
    private boolean stops;
    private boolean stopSeen;
    private boolean closed;
    private int said;

    @Override
    public Sight look(Frame frame) {
        said = 0;
        type = frame.event();
        block = "";
        stops = false;
        scan(frame.data());
        return switch (type) {
            case "content_block_start" -> isEmptyStart() ? Sight.PREAMBLE : Sight.SEMANTIC;
            case "content_block_delta" -> Sight.SEMANTIC;
            case "message_delta" -> stops ? Sight.FINISH : Sight.PREAMBLE;
            case "message_stop" -> close();
            default -> Sight.PREAMBLE;
        };
    }

    /**
     * The TypeScript SDK passes over events without a name (PROVIDERS 1.1), so one that came without gets it back; a payload
     * that came in several lines leaves in one.
     */
    @Override
    public Frame clean(Frame frame) {
        byte[] line = oneLine(frame.data());
        boolean same = line == frame.data() && !frame.event().isEmpty();
        return same ? frame : new Frame(type, line);
    }

    @Override
    public boolean complete() {
        return closed && stopSeen;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public int said() {
        return said;
    }

    @Override
    public @Nullable Usage usage() {
        return usage.usage();
    }

    @Override
    public String model() {
        return model;
    }

    /** Line breaks in JSON stand between tokens only, so a space may take their place. */
    private static byte[] oneLine(byte[] json) {
        byte[] line = json;
        for (int at = 0; at < json.length; at++) {
            if (json[at] == '\n' || json[at] == '\r') {
                line = line == json ? json.clone() : line;
                line[at] = ' ';
            }
        }
        return line;
    }

    private boolean isEmptyStart() {
        return block.equals("text") || block.equals("thinking");
    }

    private Sight close() {
        closed = true;
        return Sight.FINISH;
    }

    private void scan(byte[] event) {
        JsonNode error = null;
        try (JsonParser parser = Json.LENIENT_DEPTH.mapper().createParser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DecodeException("an event that is not an object (expected: an object)");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                error = name.equals("error") ? parser.readValueAsTree() : error;
                member(parser, name, value);
            }
        } catch (JacksonException ex) {
            throw new DecodeException("an event that is not JSON (expected: an object)");
        }
        if (type.equals("error")) {
            throw new StreamFailure(AnthropicErrors.inStream(error == null ? Json.object() : error));
        }
    }

    private void member(JsonParser parser, String name, JsonToken value) {
        boolean object = value == JsonToken.START_OBJECT;
        if (name.equals("type") && value == JsonToken.VALUE_STRING) {
            type = parser.getString();
        } else if (name.equals("usage") && object) {
            usage.merge(parser.readValueAsTree());
        } else if (object && !name.equals("error")) {
            members(parser, name);
        } else {
            parser.skipChildren();
        }
    }

    /** What stands in {@code message}, {@code delta} or {@code content_block}; everything else is walked over. */
    private void members(JsonParser parser, String parent) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                text(parser, parent, name);
            } else if (parent.equals("message") && name.equals("usage") && value == JsonToken.START_OBJECT) {
                usage.merge(parser.readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void text(JsonParser parser, String parent, String name) {
        if (parent.equals("message") && name.equals("model")) {
            model = parser.getString();
        } else if (parent.equals("content_block") && name.equals("type")) {
            block = parser.getString();
        } else if (parent.equals("delta") && name.equals("stop_reason")) {
            stops = true;
            stopSeen = true;
        } else if (parent.equals("delta") && isContent(name)) {
            said += parser.getStringLength();
        }
    }

    private static boolean isContent(String name) {
        return name.equals("text") || name.equals("thinking") || name.equals("partial_json");
    }
}
