package dev.penstock.surface;

import dev.penstock.exchange.Surface;

/** Which surface a path belongs to, for failures that no route has taken. */
final class Surfaces {

    private static final String CONTENT = "/v1/content";

    private final Surface chat;
    private final Surface content;

    Surfaces(Surface chat, Surface content) {
        this.chat = chat;
        this.content = content;
    }

    /** Content routes speak problem details; everything else is taken for OpenAI's. */
    Surface ofPath(String path) {
        return path.equals(CONTENT) || path.startsWith(CONTENT + "/") ? content : chat;
    }
}
