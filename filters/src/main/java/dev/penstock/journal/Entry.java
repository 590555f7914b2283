package dev.penstock.journal;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record for the journal.
 *
 * @param record without {@code chain}, {@code seq} and {@code prev}: the writer puts these in front of the record's own members
 * @param room what it reserves or gives back
 * @param awaited whether somebody waits for it; one that nobody waits for may stay in memory a few milliseconds longer, to become
 *     durable with one that is awaited
 */
public record Entry(ObjectNode record, Room room, boolean awaited) {

    private static final List<String> WRITERS = List.of("chain", "seq", "prev");

    public Entry {
        for (String member : WRITERS) {
            if (record.has(member)) {
                throw new IllegalArgumentException("record has '" + member + "' (expected: left to the journal)");
            }
        }
    }

    /** One that is waited for. */
    public Entry(ObjectNode record, Room room) {
        this(record, room, true);
    }

    /** The same, in no hurry. */
    public Entry unawaited() {
        return new Entry(record, room, false);
    }

    /** A record that nothing hangs together with. */
    public static Entry plain(ObjectNode record) {
        return new Entry(record, Room.PLAIN);
    }
}
