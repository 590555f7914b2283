package dev.penstock.exchange;

/**
 * How much of a stream has come. Written by the thread that reads the provider's bytes, read by whoever settles: the numbers
 * of a stream that is over are exact, those of a running one may be a moment old.
 */
public final class Heard {

    /** A token of English text is about four characters; of most other text it is fewer. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private volatile long events;
    private volatile long characters;

    /** One semantic event, with the characters of text, reasoning or arguments in it. */
    public void event(long text) {
        events = events + 1;
        characters = characters + text;
    }

    public long events() {
        return events;
    }

    public long characters() {
        return characters;
    }

    /** Output tokens of what came: never fewer than the events, for no provider sends less than a token in one. */
    public long tokens() {
        return Math.max(events, (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }
}
