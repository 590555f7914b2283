package dev.penstock.provider.anthropic;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Told;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes images and files as {@code image} and {@code document} blocks; Anthropic hears no audio. */
final class Media {

    private static final String PDF = "application/pdf";

    private Media() {}

    /** {@code path} names the content in messages. */
    static ObjectNode block(Part part, String path) {
        if (part instanceof Part.Image image) {
            return image(image);
        }
        if (part instanceof Part.File file) {
            return document(file, path);
        }
        throw new GatewayException(
                ErrorCode.CAPABILITY_MISSING,
                Told.param(path, "'" + path + "' holds a part that the provider cannot read"));
    }

    private static ObjectNode image(Part.Image image) {
        ObjectNode block = Json.object().put("type", "image");
        if (image.data() != null) {
            block.set("source", base64(imageType(image.mediaType()), image.data()));
        } else {
            block.putObject("source").put("type", "url").put("url", image.url());
        }
        return block;
    }

    private static String imageType(@Nullable String mediaType) {
        String type = mediaType == null ? "image/png" : mediaType.toLowerCase(Locale.ROOT);
        return type.equals("image/jpg") ? "image/jpeg" : type;
    }

    private static ObjectNode base64(String mediaType, String content) {
        return Json.object().put("type", "base64").put("media_type", mediaType).put("data", content);
    }

    private static ObjectNode document(Part.File file, String path) {
        String type = file.mediaType() == null ? PDF : file.mediaType().toLowerCase(Locale.ROOT);
        if (file.data() != null && type.startsWith("image/")) {
            return image(new Part.Image(type, file.data(), null, null));
        }
        ObjectNode block = Json.object().put("type", "document");
        block.set("source", source(file, type, path));
        Optional.ofNullable(file.name()).filter(name -> !name.isBlank()).ifPresent(name -> block.put("title", name));
        return block;
    }

    private static ObjectNode source(Part.File file, String type, String path) {
        if (file.data() == null && file.url() != null) {
            return Json.object().put("type", "url").put("url", file.url());
        }
        if (file.data() == null) {
            throw GatewayException.invalid(path, "names a file that is not held by this provider", "the file's data");
        }
        if (type.equals(PDF)) {
            return base64(PDF, file.data());
        }
        if (type.startsWith("text/") || type.equals("application/json")) {
            ObjectNode source = Json.object().put("type", "text").put("media_type", "text/plain");
            return source.put("data", decoded(file.data(), path));
        }
        throw GatewayException.invalid(path, "holds a file of type " + type, "PDF, text or an image");
    }

    private static String decoded(String base64, String path) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            throw GatewayException.invalid(path, "holds a file that is not base64", "base64");
        }
    }
}
