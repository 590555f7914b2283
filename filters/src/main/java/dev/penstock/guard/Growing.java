package dev.penstock.guard;

/**
 * A text that events have as a whole. Some services repeat it in each event as it grows (Perplexity): what is new of it is said as a
 * piece would be. One that does not go on from the one before is said behind it: it may be a piece. One thread at a time.
 */
final class Growing {

    private final Voice voice;
    private final StringBuilder out = new StringBuilder();
    private String text = "";
    private boolean grown;

    Growing(Voice voice) {
        this.voice = voice;
    }

    /** Gives all that may go out of it by now. */
    String say(String next) {
        grown = !text.isEmpty() && next.startsWith(text);
        if (!grown) {
            out.setLength(0);
        }
        out.append(voice.say(grown ? next.substring(text.length()) : next));
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

    /** Nothing follows: gives what was held, with all before it where the text was repeated as it grew. */
    String rest() {
        String held = voice.end();
        return grown && !held.isEmpty() ? out + held : held;
    }

    /** Nothing follows, and nothing more goes out. */
    void look() {
        voice.look();
    }
}
