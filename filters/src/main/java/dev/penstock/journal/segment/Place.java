package dev.penstock.journal.segment;

/**
 * Where a frame begins, or where the next one will.
 *
 * @param segment the number of the segment's first record
 * @param offset in the file
 */
public record Place(long segment, long offset) implements Comparable<Place> {

    public static final Place START = new Place(0, 0);
    public static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public int compareTo(Place other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }
}
