package dev.penstock.exchange;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How an answer ended.
 *
 * @param failure set exactly when {@code how} is {@link How#FAILED}
 */
public record Over(How how, @Nullable Throwable failure) {

    public enum How {
        COMPLETE,
        FAILED,
        /** The caller left, or nobody wanted the answer. */
        CANCELLED
    }

    public static final Over COMPLETE = new Over(How.COMPLETE, null);
    public static final Over CANCELLED = new Over(How.CANCELLED, null);

    public static Over failed(Throwable failure) {
        return new Over(How.FAILED, failure);
    }

    /**
     * Calls {@code end} exactly once for each subscription, whatever happens: no answer, a whole one, a stream's end, an
     * error or a cancel, before or in the middle. This is the only way in which a step learns of the end.
     */
    public static Mono<Answer> watch(Mono<Answer> rest, Consumer<Over> end) {
        return new Followed(rest, UnaryOperator.identity(), end);
    }

    /** The same, and shows the answer as it begins to {@code begun}. */
    public static Mono<Answer> watch(Mono<Answer> rest, Consumer<Answer> begun, Consumer<Over> end) {
        return new Followed(
                rest,
                answer -> {
                    begun.accept(answer);
                    return answer;
                },
                end);
    }

    /** The same, and hands on what {@code change} makes of the answer. */
    public static Mono<Answer> change(Mono<Answer> rest, UnaryOperator<Answer> change, Consumer<Over> end) {
        return new Followed(rest, change, end);
    }
}
