package dev.penstock.guard.detect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words and phrases that a whole text has to have, case aside, as words of their own. Immutable, so thread-safe. */
public final class Wanted {

    private final List<String> phrases;
    private final Lookout lookout;

    /** Phrases have three characters or more. */
    public Wanted(List<String> phrases) {
        this.phrases = List.copyOf(phrases);
        this.lookout = new Lookout(this.phrases);
    }

    /** Whether all of them are there. */
    public boolean isIn(String text) {
        Set<Integer> seen = new HashSet<>();
        lookout.look(text).each(0, phrases.size(), (at, keyword) -> {
            if (Chars.isEdge(text, at)
                    && Chars.isEdge(text, at + phrases.get(keyword).length())) {
                seen.add(keyword);
            }
        });
        return seen.size() == phrases.size();
    }
}
