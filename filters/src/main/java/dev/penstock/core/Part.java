package dev.penstock.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One piece of a turn or of an answer. */
public sealed interface Part {

    record Text(String text) implements Part {}

    /** An answer that the model declined to give, in its words. */
    record Refusal(String text) implements Part {}

    /** Exactly one of {@code data} (base64, with its media type) and {@code url}. {@code detail} is OpenAI's low, high, auto. */
    record Image(
            @Nullable String mediaType,
            @Nullable String data,
            @Nullable String url,
            @Nullable String detail) implements Part {}

    /** Base64 audio; {@code format} is OpenAI's word (wav, mp3). */
    record Audio(String format, String data) implements Part {}

    /** A document: base64 {@code data} with its media type, or a provider's {@code fileId}, or a {@code url}. */
    record File(
            @Nullable String name,
            @Nullable String mediaType,
            @Nullable String data,
            @Nullable String fileId,
            @Nullable String url)
            implements Part {}

    /** {@code arguments} is the JSON text as it came; it may be invalid where an answer was cut. */
    record ToolCall(String id, String name, String arguments) implements Part {}

    /** What a tool answered to the call {@code callId}; parts are texts, images and files. */
    record ToolResult(String callId, List<Part> parts, boolean error) implements Part {}

    /** What the model thought. {@code signature} only where its provider signed it; {@code redacted} replaces the text. */
    record Reasoning(
            String text,
            @Nullable String signature,
            @Nullable String redacted) implements Part {}

    /** A piece that only the named dialect understands. */
    record Foreign(String dialect, JsonNode node) implements Part {}
}
