package dev.penstock.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation. Tool results stand in turns of role {@link Role#TOOL}, one result a turn, as OpenAI has them.
 *
 * @param name OpenAI's optional name of the speaker
 */
public record Turn(Role role, List<Part> parts, @Nullable String name) {

    /** OpenAI's {@code developer} is {@link #SYSTEM}. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    public static Turn of(Role role, Part... parts) {
        return new Turn(role, List.of(parts), null);
    }
}
