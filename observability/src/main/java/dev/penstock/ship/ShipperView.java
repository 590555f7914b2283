package dev.penstock.ship;

import java.time.Instant;
import java.util.Optional;

/**
 * How a shipper is.
 *
 * @param seq of the last record that its sink has
 * @param kept the same, as it is kept over a restart
 * @param oldest when the oldest was written that its sink does not have, as far as it is known
 * @param sent records since the start
 * @param missed records since the start that were gone when their turn came
 */
record ShipperView(Trouble trouble, long seq, long kept, Optional<Instant> oldest, long sent, long missed) {

    /** What keeps it from sending. */
    enum Trouble {
        NONE,
        /** Its sink does not answer, or cannot take anything now. */
        AWAY,
        /** Its sink refuses what is next. */
        REFUSED,
        /** The records cannot be read, or its place cannot be kept. */
        DISK
    }

    static ShipperView at(Cursor cursor) {
        return new ShipperView(Trouble.NONE, cursor.seq(), cursor.seq(), Optional.empty(), 0, 0);
    }
}
