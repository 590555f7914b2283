package dev.penstock.provider;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be sent.
 *
 * @param path appended to the provider's base URL; begins with a slash
 * @param headers of the dialect, lower-case names; content type and credential are added by the caller
 * @param ignored OpenAI names of request fields that this dialect cannot honour and that were left out
 * @param capped the cap on output tokens that was written although the caller asked for none; 0 when none was
 */
public record UpstreamRequest(
        String path, Map<String, String> headers, ObjectNode body, Set<String> ignored, int capped) {

    /** Without a cap of ours. */
    public UpstreamRequest(String path, Map<String, String> headers, ObjectNode body, Set<String> ignored) {
        this(path, headers, body, ignored, 0);
    }
}
