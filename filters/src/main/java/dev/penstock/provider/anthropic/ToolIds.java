package dev.penstock.provider.anthropic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Maps ids of tool calls into Anthropic's alphabet, by a pure function so that call and result stay a pair (PROVIDERS 13.2). */
final class ToolIds {

    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_-]+");

    private ToolIds() {}

    static String of(String id) {
        if (ALLOWED.matcher(id).matches()) {
            return id;
        }
        return "call_" + HexFormat.of().formatHex(digest(id), 0, 12);
    }

    private static byte[] digest(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }
}
