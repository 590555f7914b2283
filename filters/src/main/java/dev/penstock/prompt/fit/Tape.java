package dev.penstock.prompt.fit;

/** A text, a place in it, what was noticed on the way, and how much work is left. One thread. */
final class Tape {

    /** The text is no JSON here, however it is read. */
    static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1;
        static final Unreadable HERE = new Unreadable();

        private Unreadable() {
            super("not an object", null, false, false);
        }
    }

    private final String text;
    private int at;
    private long fuel;
    private boolean mended;
    private boolean cut;

    Tape(String text, long fuel) {
        this.text = text;
        this.fuel = fuel;
    }

    void start(int from) {
        at = from;
        mended = false;
        cut = false;
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    void to(int place) {
        burn(Math.max(1, place - at));
        at = place;
    }

    long fuel() {
        return fuel;
    }

    /** All tries together cost a fixed multiple of the text's length, so that no text is slow to refuse. */
    void burn(int steps) {
        fuel -= steps;
        if (fuel < 0) {
            throw Unreadable.HERE;
        }
    }

    boolean isOver() {
        return at >= text.length();
    }

    /** The character here; 0 at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    void skip(int characters) {
        burn(characters);
        at += characters;
    }

    boolean isAt(String word) {
        return text.startsWith(word, at);
    }

    void mend() {
        mended = true;
    }

    boolean mended() {
        return mended;
    }

    void cutHere() {
        cut = true;
        mended = true;
    }

    boolean cut() {
        return cut;
    }

    /** Skips what has no meaning: spaces and comments. */
    void space() {
        while (!isOver()) {
            char c = peek();
            if (Glyphs.isJsonSpace(c)) {
                skip(1);
            } else if (Glyphs.isSpace(c)) {
                mend();
                skip(1);
            } else if (isAt("//") || c == '#') {
                mend();
                comment("\n", 1);
            } else if (isAt("/*")) {
                mend();
                comment("*/", 2);
            } else {
                return;
            }
        }
    }

    private void comment(String end, int length) {
        int found = text.indexOf(end, at);
        to(found < 0 ? text.length() : found + length);
    }
}
