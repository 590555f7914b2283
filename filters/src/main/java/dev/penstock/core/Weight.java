package dev.penstock.core;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a request weighs before anyone counted its tokens.
 *
 * @param textBytes UTF-8 bytes of every name and text in it; no text has more tokens than bytes
 * @param turns messages, each with a few tokens around it
 * @param tools offered; with any, providers add a preamble of their own
 * @param images whatever their size
 * @param choices answers asked for, at least 1
 * @param outputCap the most output tokens of each answer that the caller asks for; 0 when it does not say
 */
public record Weight(long textBytes, int turns, int tools, int images, int choices, int outputCap) {

    /** Members whose text is no text for the model: a picture's bytes or address. */
    private static final Set<String> PICTURES =
            Set.of("image_url", "input_image", "image", "inline_data", "inlineData");

    private static final int TOKENS_PER_TURN = 8;
    private static final int TOKENS_PER_TOOL = 64;
    private static final int TOKENS_OF_TOOL_PREAMBLE = 1024;

    /** The most that a provider here documents for one (a detailed picture of the largest size). */
    private static final int TOKENS_PER_IMAGE = 6240;

    private static final int CHARACTERS_PER_TOKEN = 4;

    /** Reads a chat-shaped body: {@code messages}, {@code tools}, {@code n} and the caps that go by their OpenAI names. */
    public static Weight of(JsonNode body) {
        Sum sum = new Sum();
        sum.add(body);
        int choices = Math.max(1, body.path("n").asInt(1));
        int cap = Math.max(
                body.path("max_completion_tokens").asInt(0),
                body.path("max_tokens").asInt(0));
        return new Weight(
                sum.bytes,
                body.path("messages").size(),
                body.path("tools").size(),
                sum.images,
                choices,
                Math.max(0, cap));
    }

    /** The same of a conversation that Penstock wrote. */
    public static Weight of(ChatRequest request) {
        Sum sum = new Sum();
        request.turns().forEach(turn -> turn.parts().forEach(sum::add));
        if (request.format() instanceof AnswerFormat.JsonSchema format) {
            sum.bytes += Sum.bytes(format.schema().toString());
        }
        Integer cap = request.sampling().maxTokens();
        return new Weight(
                sum.bytes, request.turns().size(), request.tools().size(), sum.images, 1, cap == null ? 0 : cap);
    }

    /** No provider counts more input tokens than this. */
    public long inputCeiling() {
        return textBytes + aside();
    }

    /** About what a provider counts for English text; for limits, where what was wrong is put right after. */
    public long inputEstimate() {
        return (textBytes + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN + aside();
    }

    private long aside() {
        long preamble = tools == 0 ? 0 : TOKENS_OF_TOOL_PREAMBLE;
        return preamble
                + (long) turns * TOKENS_PER_TURN
                + (long) tools * TOKENS_PER_TOOL
                + (long) images * TOKENS_PER_IMAGE;
    }

    /** Walks a tree once. */
    private static final class Sum {

        private long bytes;
        private int images;

        private void add(JsonNode node) {
            if (node.isString()) {
                bytes += bytes(node.stringValue());
            } else if (node.isObject()) {
                node.properties().forEach(member -> member(member.getKey(), member.getValue()));
            } else if (node.isArray()) {
                node.forEach(this::add);
            }
        }

        /** What is neither text nor picture is not longer for the model than it is here. */
        private void add(Part part) {
            if (part instanceof Part.Image) {
                images++;
            } else {
                bytes += bytes(part instanceof Part.Text text ? text.text() : part.toString());
            }
        }

        private void member(String name, JsonNode value) {
            bytes += name.length();
            if (PICTURES.contains(name) && !value.isNull()) {
                images++;
            } else {
                add(value);
            }
        }

        /** Without a copy of the bytes where the text is Latin. */
        private static long bytes(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 127) {
                    return text.getBytes(StandardCharsets.UTF_8).length;
                }
            }
            return text.length();
        }
    }
}
