package dev.penstock.guard;

/** An answer that comes in pieces, as far as it has come and is kept: events may repeat it as a whole. */
final class Told {

    /** Characters that are kept; what a longer answer repeats behind them is taken for new. */
    private static final int MOST = 1 << 16;

    private final StringBuilder text = new StringBuilder();

    void add(String piece) {
        if (text.length() < MOST) {
            text.append(piece);
        }
    }

    /** How much of the beginning of another text is the same; {@code known} is how much is known to be. */
    int sharedWith(String other, int known) {
        int most = Math.min(other.length(), text.length());
        int at = known;
        while (at < most && other.charAt(at) == text.charAt(at)) {
            at++;
        }
        return at;
    }
}
