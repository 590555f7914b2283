package dev.penstock.guard.detect;

/**
 * What one look at a text showed.
 *
 * @param hits pairs of a position and the number of a keyword that stands there
 * @param count how many numbers of {@code hits} are in use
 * @param digits how many there are
 * @param at whether there is an {@code @}
 * @param colon whether there is a {@code :}
 * @param plain whether all of it is ASCII
 */
public record Glance(int[] hits, int count, int digits, boolean at, boolean colon, boolean plain) {

    @FunctionalInterface
    public interface Hit {

        void at(int position, int keyword);
    }

    /** Tells the hits of the keywords from {@code first}, as many as {@code keywords}; numbered from 0. */
    public void each(int first, int keywords, Hit hit) {
        for (int i = 0; i < count; i += 2) {
            int keyword = hits[i + 1] - first;
            if (keyword >= 0 && keyword < keywords) {
                hit.at(hits[i], keyword);
            }
        }
    }
}
