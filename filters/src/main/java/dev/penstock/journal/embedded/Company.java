package dev.penstock.journal.embedded;

/**
 * Whether a writer that waits a little finds more to force at once. It does while many callers append side by side, and not while one
 * appends after another: so it is tried now and then, and kept up for as long as it brings somebody. Not thread-safe.
 */
final class Company {

    /** Batches between two tries. */
    private static final int BETWEEN = 16;

    private boolean good;
    private int until = BETWEEN;

    /** The last batch had so many records that somebody waits for. */
    void came(int awaited) {
        if (awaited == 0) {
            return;
        }
        if (awaited > 1) {
            good = true;
        } else if (good || until == 0) {
            good = false;
            until = BETWEEN;
        } else {
            until--;
        }
    }

    /** Whether it is worth waiting before the next batch. */
    boolean expected() {
        return good || until == 0;
    }
}
