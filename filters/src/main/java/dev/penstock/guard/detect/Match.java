package dev.penstock.guard.detect;

/**
 * Something that was recognised.
 *
 * @param type of a closed list, such as {@code email}
 * @param start in UTF-16 units of the text
 * @param end behind its last one
 * @param growth which of the characters that follow belong to it as well
 */
public record Match(String type, int start, int end, Growth growth) {

    public static Match of(String type, int start, int end) {
        return new Match(type, start, end, Growth.NONE);
    }

    boolean overlaps(int from, int to) {
        return start < to && from < end;
    }
}
