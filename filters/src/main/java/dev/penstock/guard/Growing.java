package dev.penstock.guard;

/**
 * A text that events have as a whole. Some services repeat it in each event as it grows (Perplexity): what is new of it is said as a
 * piece would be. One thread at a time.
 */
final class Growing {

    private final Voice voice;
    private final StringBuilder out = new StringBuilder();
    private String text = "";

    Growing(Voice voice) {
        this.voice = voice;
    }

    boolean goesOnIn(String next) {
        return next.startsWith(text);
    }

    /** Gives all that may go out of it by now. */
    String say(String next) {
        out.append(voice.say(next.substring(text.length())));
        text = next;
        return out.toString();
    }

    /** Nothing follows: gives all of it. */
    String end() {
        return out.append(voice.end()).toString();
    }

    /** Nothing follows, and nothing more goes out. */
    void look() {
        voice.look();
    }
}
