package dev.penstock.guard.detect;

import java.util.List;
import java.util.stream.IntStream;

/** Words and phrases of a list, case aside, where they stand as words of their own. */
public final class Phrases implements Detector {

    /** What the matches of all lists are called: what is on them is not told. */
    public static final String TYPE = "word";

    private final String type;
    private final List<String> phrases;

    /**
     * @param type what their matches are called
     * @param phrases of three characters or more
     */
    public Phrases(String type, List<String> phrases) {
        this.type = type;
        this.phrases = List.copyOf(phrases);
    }

    @Override
    public List<String> keywords() {
        return phrases;
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        if (glance.count() == 0) {
            return;
        }
        glance.each(first, phrases.size(), (at, keyword) -> {
            int end = at + phrases.get(keyword).length();
            if (Chars.isEdge(text, at) && Chars.isEdge(text, end)) {
                to.add(Match.of(type, at, end));
            }
        });
    }

    @Override
    public int open(String text) {
        return phrases.stream()
                .flatMapToInt(phrase -> IntStream.of(Tails.begun(text, phrase)))
                .min()
                .orElse(text.length());
    }
}
