package dev.penstock.core;

/** Is shown the texts of a request or an answer, in their order. */
public interface TextVisitor {

    /**
     * What stands in the text's place from here on: the same object leaves it as it is.
     *
     * @param at its path in the body, such as {@code messages[0].content}
     */
    String text(TextKind kind, String at, String text);

    /** Something that is no text, such as {@code image_url}. */
    default void other(String at, String what) {}

    /** Something in the place of a text that cannot be read as one. */
    default void unreadable(String at) {}
}
