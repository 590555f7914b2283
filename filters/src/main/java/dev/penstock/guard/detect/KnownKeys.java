package dev.penstock.guard.detect;

import java.util.List;
import java.util.stream.IntStream;

/** The keys that the gateway itself uses, whatever they look like: one that turns up in a text is known to others. */
public final class KnownKeys implements Detector {

    public static final String TYPE = "key_exposure";

    /** A shorter one would be found where nobody wrote it. */
    private static final int SHORTEST = 12;

    /** What a text is looked through for; the rest of a key is compared where this much of it stands. */
    private static final int BEGINNING = 8;

    private final List<String> keys;

    public KnownKeys(List<String> keys) {
        this.keys =
                keys.stream().filter(key -> key.length() >= SHORTEST).distinct().toList();
    }

    @Override
    public List<String> keywords() {
        return keys.stream().map(key -> key.substring(0, BEGINNING)).toList();
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        if (glance.count() == 0) {
            return;
        }
        glance.each(first, keys.size(), (at, keyword) -> {
            String key = keys.get(keyword);
            if (text.startsWith(key, at)) {
                to.add(Match.of(TYPE, at, at + key.length()));
            }
        });
    }

    /** Where the end of the text is the beginning of a key. */
    @Override
    public int open(String text) {
        return keys.stream()
                .flatMapToInt(key -> IntStream.of(Tails.begun(text, key)))
                .min()
                .orElse(text.length());
    }

    /** Never shows a key. */
    @Override
    public String toString() {
        return "KnownKeys[" + keys.size() + "]";
    }
}
