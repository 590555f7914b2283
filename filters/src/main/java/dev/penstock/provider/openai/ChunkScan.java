package dev.penstock.provider.openai;

import dev.penstock.core.LastChunk;
import dev.penstock.provider.DecodeException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One pass over a chunk's bytes. The fields tell what the last pass saw; {@link #model} what any pass saw first. */
final class ChunkScan {

    private static final JsonFactory JSON = JsonFactory.builder().build();

    boolean content;
    boolean finish;
    boolean usage;
    boolean error;
    boolean failed;
    boolean nullError;
    boolean severalLines;
    String model = "";
    /** Characters of content in this chunk. */
    int said;

    private final Ending ending;
    private boolean choices;
    private boolean bareUsage;

    /** How many texts of content the chunk has; a list or an object of content counts for many. */
    private int texts;

    private long quote;

    private final LastChunk last = new LastChunk();

    ChunkScan(Ending ending) {
        this.ending = ending;
    }

    /** Whether the last chunk had usage and no choice. */
    boolean bareUsage() {
        return bareUsage && !choices;
    }

    boolean usageBesideChoices() {
        return bareUsage && choices;
    }

    void run(byte[] data) {
        int text = last.text(data);
        if (text < 0) {
            parse(data);
            remember(data);
        } else {
            said = text;
            content = text > 0;
        }
    }

    private void remember(byte[] data) {
        boolean other = finish || usage || error || failed || nullError || severalLines || bareUsage;
        if (texts == 1 && !other && last.wanted()) {
            last.learn(data, quote, said);
        } else {
            last.forget();
        }
    }

    private void parse(byte[] data) {
        last.forget();
        texts = 0;
        content = finish = usage = error = failed = nullError = choices = bareUsage = false;
        said = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DecodeException("a chunk that is no JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                member(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new DecodeException("a chunk with something behind its JSON object");
            }
            severalLines = parser.currentLocation().getLineNr() > 1;
        }
    }

    private void member(JsonParser parser, String name) {
        JsonToken value = parser.nextToken();
        switch (name) {
            case "choices" -> choices(parser, value);
            case "usage" -> usage |= bareUsage = value == JsonToken.START_OBJECT;
            case "x_groq" -> usage |= value == JsonToken.START_OBJECT;
            case "error" -> {
                nullError = value == JsonToken.VALUE_NULL;
                error = !nullError;
            }
            case "model" -> model = model.isEmpty() && value == JsonToken.VALUE_STRING ? parser.getString() : model;
            default -> {}
        }
        parser.skipChildren();
    }

    private void choices(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            return;
        }
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                choices = true;
                choice(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void choice(JsonParser parser) {
        int index = 0;
        boolean ended = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> index = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                case "finish_reason" -> ended |= value == JsonToken.VALUE_STRING && finishes(parser.getString());
                case "finish_details" -> ended |= value == JsonToken.START_OBJECT;
                case "delta" -> delta(parser, value);
                default -> {}
            }
            parser.skipChildren();
        }
        ending.began(index);
        if (ended) {
            ending.finished(index);
            finish = true;
        }
    }

    private boolean finishes(String word) {
        failed |= word.equals("error");
        return !word.isEmpty();
    }

    private void delta(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            content |= isContent(name) && says(parser, token);
            parser.skipChildren();
        }
    }

    private static boolean isContent(String name) {
        return switch (name) {
            case "content", "refusal", "reasoning_content", "reasoning", "reasoning_details" -> true;
            case "tool_calls", "function_call", "audio" -> true;
            default -> false;
        };
    }

    /** Whether the value is more than null, {@code ""}, {@code []} or {@code {}}; leaves the parser at its end. */
    private boolean says(JsonParser parser, JsonToken value) {
        return switch (value) {
            case VALUE_STRING -> text(parser);
            case START_ARRAY, START_OBJECT -> says(parser);
            default -> false;
        };
    }

    private boolean text(JsonParser parser) {
        texts++;
        if (last.wanted()) {
            quote = parser.currentTokenLocation().getByteOffset();
        }
        int length = parser.getStringLength();
        said += length;
        return length > 0;
    }

    private boolean says(JsonParser parser) {
        texts += 2;
        int depth = 1;
        boolean any = false;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            any |= depth == 1 && !token.isStructEnd();
            said += token == JsonToken.VALUE_STRING ? parser.getStringLength() : 0;
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return any;
    }
}
