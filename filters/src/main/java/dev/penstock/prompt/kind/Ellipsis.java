package dev.penstock.prompt.kind;

/** Shortens a text to a number of code points, between words where it can, and says so with an ellipsis. */
final class Ellipsis {

    private Ellipsis() {}

    static String cut(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        int end = text.offsetByCodePoints(0, limit - 1);
        int space = text.lastIndexOf(' ', end);
        return text.substring(0, space > end / 2 ? space : end).stripTrailing() + "…";
    }
}
