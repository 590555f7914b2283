package dev.penstock.core;

/** What a request cannot do without: a target that lacks one of these is passed over (CONTRACT section 4, rule 8). */
public enum Need {
    TOOLS("tools"),
    FORCED_TOOL("tool_choice"),
    CUSTOM_TOOLS("custom tools"),
    IMAGES("images"),
    AUDIO("audio"),
    FILES("files"),
    JSON_SCHEMA("json schema"),
    CHOICES("n > 1"),
    /** Not the request's to say: whether it fits into a target's context window. */
    CONTEXT("context length");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    /** As the caller is told. */
    public String words() {
        return words;
    }
}
