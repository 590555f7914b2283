package dev.penstock.guard.detect;

/** How a match goes on that is longer than a stream holds back: what follows is swallowed with it. */
public enum Growth {
    NONE,
    /** To the end of the word that it is in. */
    TOKEN,
    /** To the end of the lines of base64 that it begins, or of the line that says that they end. */
    LINES;

    /** The most characters of a text that a stream holds back. */
    public static final int HELD = 128;

    /** What takes the characters that belong to it, one after the other. */
    public Grower grower() {
        return new Grower(this);
    }
}
