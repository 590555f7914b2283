package dev.penstock.guard.detect;

import java.util.List;

/** Recognises things in a text. Stateless and thread-safe; linear in the length of the text. */
public interface Detector {

    /** How far before and behind a match a detector may look for what the match means. */
    int CONTEXT = 48;

    /** What has to be in a text for {@link #find} to be told where; may be empty. */
    List<String> keywords();

    /** Adds what is in the text; {@code first} is the number of this detector's first keyword in the glance. */
    void find(String text, Glance glance, int first, List<Match> to);

    /**
     * From where on the end of the text could still become a match, or change one, by what follows; the length where nothing could.
     * May name too much, never too little.
     */
    int open(String text);
}
