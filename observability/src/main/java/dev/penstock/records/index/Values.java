package dev.penstock.records.index;

import java.io.IOException;

/** The rows of one segment, column by column. What it gives may be longer than there are rows, and must not be changed. */
interface Values {

    long[] of(Column column) throws IOException;

    /** The single texts of all rows: of each its hash, and behind it the row that holds it. */
    long[] texts() throws IOException;
}
