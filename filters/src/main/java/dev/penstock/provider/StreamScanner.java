package dev.penstock.provider;

import dev.penstock.core.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a stream's events without translating them. One instance a stream, not thread-safe. Throws as
 * {@link StreamReader} does.
 */
public interface StreamScanner {

    /** What an event is to the gateway. */
    enum Sight {
        /** Nothing that a caller waits for: role, ping, an event without content. */
        PREAMBLE,
        /** Text, reasoning or a tool call. */
        SEMANTIC,
        /** Carries a finish reason (and possibly content). */
        FINISH,
        /** Carries nothing but usage: left out when the caller did not ask for it. */
        USAGE_ONLY,
        /** The framing's end marker, such as {@code [DONE]}: the surface writes its own. */
        END
    }

    Sight look(Frame frame);

    /**
     * The event as it may be passed on. The same frame, unless it holds something that must not be
     * ({@code "error": null} in an OpenAI chunk makes openai-java throw).
     */
    Frame clean(Frame frame);

    /** The same without usage that stands beside content, for a caller that did not ask for it. */
    default Frame withoutUsage(Frame frame) {
        return frame;
    }

    /** See {@link StreamReader#complete()}. */
    boolean complete();

    /** See {@link StreamReader#closed()}. */
    boolean closed();

    /** Characters of text, reasoning and arguments in the event that was looked at last. */
    int said();

    /** Whether usage stood beside content in the event that was looked at last. */
    default boolean tellsUsage() {
        return false;
    }

    /** The usage seen so far. */
    @Nullable
    Usage usage();

    /** The model the provider said it ran, possibly empty. */
    String model();
}
