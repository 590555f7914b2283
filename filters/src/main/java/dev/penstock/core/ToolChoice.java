package dev.penstock.core;

import java.util.List;

/**
 * Which tools the model may or must call.
 *
 * @param names for {@link Mode#NAMED} the one tool; for {@link Mode#AUTO} and {@link Mode#REQUIRED} the allowed subset, empty
 *     meaning all
 */
public record ToolChoice(Mode mode, List<String> names) {

    public enum Mode {
        AUTO,
        NONE,
        REQUIRED,
        NAMED
    }

    public static ToolChoice of(Mode mode) {
        return new ToolChoice(mode, List.of());
    }

    public static ToolChoice named(String name) {
        return new ToolChoice(Mode.NAMED, List.of(name));
    }
}
