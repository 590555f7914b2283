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
    public static final Fact<byte[]> BODY = new Fact<>("BODY", 0, Step.ADMIT, null, null);

    /** Who asks. */
    public static final Fact<Caller> CALLER = new Fact<>("CALLER", 1, Step.AUTHENTICATE, null, null);

    /** What the caller sent. */
    public static final Fact<Asked> ASKED = new Fact<>("ASKED", 2, Step.PARSE, null, null);

    /** What it gets otherwise than asked for; nothing where its step is not on the route. */
    public static final Fact<Variant> VARIANT = new Fact<>("VARIANT", 3, Step.ASSIGN_VARIANT, null, Variant.NONE);

    /** What is asked after stored prompts and kinds were rendered. */
    public static final Fact<Asked> PROMPTED = new Fact<>("PROMPTED", 4, Step.RENDER_PROMPT, ASKED, null);

    /** What leaves the building: what is asked, after guards looked at it. */
    public static final Fact<Asked> CLEARED = new Fact<>("CLEARED", 5, Step.GUARD_INPUT, PROMPTED, null);

    /** The targets to try, best first; never empty. */
    public static final Fact<List<Candidate>> CANDIDATES =
            new Fact<>("CANDIDATES", 6, Step.SELECT_UPSTREAM, null, null);

    static final int COUNT = 7;

    private final String name;
    private final int index;
    private final Step giver;
    private final @Nullable Fact<T> otherwise;
    private final @Nullable T standard;

    private Fact(String name, int index, Step giver, @Nullable Fact<T> otherwise, @Nullable T standard) {
        this.name = name;
        this.index = index;
        this.giver = giver;
        this.otherwise = otherwise;
        this.standard = standard;
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

    /** What it reads as when its step is not on the route. */
    public Optional<T> standard() {
        return Optional.ofNullable(standard);
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
