package dev.penstock.ship;

import dev.penstock.journal.segment.Stored;
import java.util.List;

/**
 * Records that leave together.
 *
 * @param records in their order; empty when none of those that were looked at is wanted
 * @param looked how many were looked at
 */
record Batch(List<Stored> records, int looked) {

    long first() {
        return records.get(0).seq();
    }
}
