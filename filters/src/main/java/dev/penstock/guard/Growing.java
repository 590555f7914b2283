package dev.penstock.guard;

/**
 * A text that events have as a whole. Some services repeat it in each event as it grows (Perplexity): what is new of it is said as a
 * piece would be. One that does not go on from the one before is said behind it: it may be a piece. One thread at a time.
 */
final class Growing {

    private final Voice voice;
    private final Told pieces;
    private final StringBuilder out = new StringBuilder();
    private String text = "";
    private boolean grown;
    private int repeated;

    /** {@code pieces} are those of the text that it may repeat. */
    Growing(Voice voice, Told pieces) {
        this.voice = voice;
        this.pieces = pieces;
    }

    /** Gives all that may go out of it by now. */
    String say(String next) {
        grown = !text.isEmpty() && next.startsWith(text);
        int before = grown ? text.length() : 0;
        if (!grown) {
            out.setLength(0);
        }
        repeated = pieces.sharedWith(next, grown ? repeated : 0);
        voice.repeats(before, repeated);
        out.append(voice.say(next.substring(before)));
        text = next;
        return out.toString();
    }

    /** Nothing follows: gives all of it. */
    String end() {
        return out.append(voice.end()).toString();
    }

    boolean isHolding() {
        return voice.isHolding();
    }

    /** What was held, with all before it where the text was repeated as it grew: nothing is expected to follow. */
    String rest() {
        String held = voice.end();
        out.append(held);
        return grown && !held.isEmpty() ? out.toString() : held;
    }

    /** Nothing follows, and nothing more goes out. */
    void look() {
        voice.look();
    }
}
