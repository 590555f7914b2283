package dev.penstock.core;

import java.util.Locale;

/** Why an answer ended, in OpenAI's words; the provider's own word travels beside it. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER;

    /** OpenAI's word. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
