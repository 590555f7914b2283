package dev.penstock.journal;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record for the journal.
 *
 * @param record without {@code chain}, {@code seq} and {@code prev}: the writer puts these in front of the record's own members
 * @param room what it reserves or gives back
 */
public record Entry(ObjectNode record, Room room) {

    private static final List<String> WRITERS = List.of("chain", "seq", "prev");

    public Entry {
        for (String member : WRITERS) {
            if (record.has(member)) {
                throw new IllegalArgumentException("record has '" + member + "' (expected: left to the journal)");
            }
        }
    }

    /** A record that nothing hangs together with. */
    public static Entry plain(ObjectNode record) {
        return new Entry(record, Room.PLAIN);
    }
}
