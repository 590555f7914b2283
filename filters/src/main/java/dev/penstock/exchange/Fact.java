package dev.penstock.exchange;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Candidate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that one step learns and later steps read. Written once.
 *
 * @param <T> its type
 */
public final class Fact<T> {

    /** The request body as it came, counted and complete. */
    public static final Fact<byte[]> BODY = new Fact<>("BODY", 0, Step.ADMIT, null);

    /** Who asks. */
    public static final Fact<Caller> CALLER = new Fact<>("CALLER", 1, Step.AUTHENTICATE, null);

    /** What the caller sent. */
    public static final Fact<Asked> ASKED = new Fact<>("ASKED", 2, Step.PARSE, null);

    /** What is asked after stored prompts and kinds were rendered. */
    public static final Fact<Asked> PROMPTED = new Fact<>("PROMPTED", 3, Step.RENDER_PROMPT, ASKED);

    /** The targets to try, best first; never empty. */
    public static final Fact<List<Candidate>> CANDIDATES = new Fact<>("CANDIDATES", 4, Step.SELECT_UPSTREAM, null);

    static final int COUNT = 5;

    private final String name;
    private final int index;
    private final Step giver;
    private final @Nullable Fact<T> otherwise;

    private Fact(String name, int index, Step giver, @Nullable Fact<T> otherwise) {
        this.name = name;
        this.index = index;
        this.giver = giver;
        this.otherwise = otherwise;
    }

    public String name() {
        return name;
    }

    /** The one step that may put it. */
    public Step giver() {
        return giver;
    }

    /** The fact that is read in its place when its step is not on the route. */
    public Optional<Fact<T>> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
