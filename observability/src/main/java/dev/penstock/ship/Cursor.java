package dev.penstock.ship;

import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.Stored;

/**
 * How far a shipper is.
 *
 * @param chain whose records
 * @param seq of the last one that its sink has; 0 before the first
 * @param next where the one after it begins
 */
record Cursor(String chain, long seq, Place next) {

    static Cursor none(String chain) {
        return new Cursor(chain, 0, Place.START);
    }

    static Cursor after(Stored stored) {
        return new Cursor(stored.chain(), stored.seq(), stored.next());
    }
}
