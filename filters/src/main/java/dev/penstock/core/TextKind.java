package dev.penstock.core;

/** What a text of a request or an answer is. */
public enum TextKind {
    MESSAGE,
    SYSTEM,
    TOOL_ARGUMENTS,
    TOOL_RESULT,
    TOOL_DESCRIPTION,
    REASONING
}
