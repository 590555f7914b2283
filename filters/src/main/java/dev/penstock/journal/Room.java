package dev.penstock.journal;

/**
 * What a record does to the room that is kept for records to come.
 *
 * @param bytes of the record that will close this one, or of the reservation that this one closes: the same number in both. It
 *     must cover the closing record's JSON and its first members, about 200 bytes
 */
public record Room(Kind kind, int bytes) {

    public static final Room PLAIN = new Room(Kind.PLAIN, 0);

    public Room {
        if (bytes < 0) {
            throw new IllegalArgumentException("room of " + bytes + " bytes (expected: at least 0)");
        }
    }

    /** Reserves the room of the record that will close it. */
    public static Room opening(int closingBytes) {
        return new Room(Kind.OPENING, closingBytes);
    }

    /** Gives back what its opening reserved in this process; closes what an earlier boot left open with 0. */
    public static Room closing(int reservedBytes) {
        return new Room(Kind.CLOSING, reservedBytes);
    }

    /** What a record is to another. */
    public enum Kind {
        OPENING,
        CLOSING,
        PLAIN
    }
}
