package dev.penstock.journal;

import java.util.List;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record for the journal.
 *
 * @param record without {@code chain}, {@code seq} and {@code prev}: the writer puts these in front of the record's own members
 * @param room what it reserves or gives back
 * @param awaited whether somebody waits for it; one that nobody waits for may stay in memory a few milliseconds longer, to become
 *     durable with one that is awaited
 * @param bell runs what calls the writer to one that is awaited; what is appended until then becomes durable at once with it. That of
 *     an event loop calls once for all that the loop has to do now
 */
public record Entry(ObjectNode record, Room room, boolean awaited, Executor bell) {

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
        this(record, room, true, Runnable::run);
    }

    /** The same, called for by a task of {@code bell}. */
    public Entry by(Executor bell) {
        return new Entry(record, room, awaited, bell);
    }

    /** The same, in no hurry. */
    public Entry unawaited() {
        return new Entry(record, room, false, bell);
    }

    /** A record that nothing hangs together with. */
    public static Entry plain(ObjectNode record) {
        return new Entry(record, Room.PLAIN);
    }
}
