package dev.penstock.surface.chat;

import dev.penstock.core.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the content of a message: null, a string, or a list of parts. A type that is not known stays in its own words. */
final class ChatParts {

    private ChatParts() {}

    /** Empty strings are no parts. */
    static List<Part> read(Fields message) {
        JsonNode content = message.get("content");
        if (!message.has("content")) {
            return List.of();
        }
        if (content.isString()) {
            String text = content.stringValue();
            return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
        }
        if (!content.isArray()) {
            throw message.wrong("content", "a string, or a list of parts");
        }
        List<Part> parts = new ArrayList<>();
        message.objects("content").forEach(part -> parts.add(part(part)));
        return parts;
    }

    private static Part part(Fields part) {
        return switch (part.text("type")) {
            case "text" -> new Part.Text(part.text("text"));
            case "refusal" -> new Part.Refusal(part.text("refusal"));
            case "image_url" -> image(part);
            case "input_audio" -> audio(part.object("input_audio"));
            case "file" -> file(part.object("file"));
            default -> new Part.Foreign(ChatSurface.DIALECT, part.node());
        };
    }

    private static Part image(Fields part) {
        if (part.get("image_url").isString()) {
            return image(part, "image_url", null);
        }
        Fields image = part.object("image_url");
        return image(image, "url", image.string("detail"));
    }

    private static Part image(Fields fields, String member, @Nullable String detail) {
        String url = fields.text(member);
        if (url.isEmpty()) {
            throw fields.wrong(member, "a URL");
        }
        if (!DataUrl.is(url)) {
            return new Part.Image(null, null, url, detail);
        }
        DataUrl inline = DataUrl.read(url, fields.pathOf(member));
        return new Part.Image(inline.mediaType(), inline.data(), null, detail);
    }

    private static Part audio(Fields audio) {
        return new Part.Audio(audio.text("format"), audio.text("data"));
    }

    private static Part file(Fields file) {
        String name = file.string("filename");
        String id = file.string("file_id");
        if (id != null) {
            return new Part.File(name, null, null, id, null);
        }
        String content = file.text("file_data");
        if (!DataUrl.is(content)) {
            return new Part.File(name, null, content, null, null);
        }
        DataUrl inline = DataUrl.read(content, file.pathOf("file_data"));
        return new Part.File(name, inline.mediaType(), inline.data(), null, null);
    }
}
