package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes content parts. One text is written as a string, since many compatibles know only that. */
final class OpenAiParts {

    private final Set<String> ignored;

    OpenAiParts(Set<String> ignored) {
        this.ignored = ignored;
    }

    void content(List<Part> parts, ObjectNode message) {
        if (parts.size() == 1 && parts.get(0) instanceof Part.Text only) {
            message.put("content", only.text());
            return;
        }
        ArrayNode content = message.putArray("content");
        parts.forEach(part -> add(part, content));
        if (content.isEmpty()) {
            message.put("content", "");
        }
    }

    private void add(Part part, ArrayNode content) {
        if (part instanceof Part.Text text) {
            content.addObject().put("type", "text").put("text", text.text());
        } else if (part instanceof Part.Image image) {
            image(image, content.addObject().put("type", "image_url").putObject("image_url"));
        } else if (part instanceof Part.Audio audio) {
            ObjectNode node = content.addObject().put("type", "input_audio").putObject("input_audio");
            node.put("data", audio.data()).put("format", audio.format());
        } else if (part instanceof Part.File file && file.url() == null) {
            file(file, content.addObject().put("type", "file").putObject("file"));
        } else if (part instanceof Part.Foreign foreign && foreign.dialect().equals(OpenAiDialect.NAME)) {
            content.add(foreign.node());
        } else {
            ignore(part);
        }
    }

    /** Names a part that has no word here, by the word that comes closest. */
    void ignore(Part part) {
        if (part instanceof Part.Foreign foreign) {
            String type = Json.string(foreign.node(), "type");
            ignored.add(type.isEmpty() ? "content" : type);
        } else if (part instanceof Part.Reasoning) {
            ignored.add("reasoning_details");
        } else {
            ignored.add(part instanceof Part.File ? "file" : "content");
        }
    }

    private static void image(Part.Image image, ObjectNode node) {
        String url = image.url();
        node.put("url", url != null ? url : dataUrl(image.mediaType(), image.data()));
        if (image.detail() != null) {
            node.put("detail", image.detail());
        }
    }

    private static void file(Part.File file, ObjectNode node) {
        if (file.fileId() != null) {
            node.put("file_id", file.fileId());
            return;
        }
        node.put("filename", file.name() == null ? "document" : file.name());
        node.put("file_data", dataUrl(file.mediaType(), file.data()));
    }

    private static String dataUrl(@Nullable String mediaType, @Nullable String data) {
        return "data:" + (mediaType == null ? "application/octet-stream" : mediaType) + ";base64," + data;
    }
}
