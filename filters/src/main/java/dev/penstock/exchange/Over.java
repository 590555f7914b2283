package dev.penstock.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
        return watch(rest, ignored -> {}, end);
    }

    /** The same, and shows the answer as it begins to {@code begun}. */
    public static Mono<Answer> watch(Mono<Answer> rest, Consumer<Answer> begun, Consumer<Over> end) {
        return new Watched(() -> rest, () -> new Teller(begun, end));
    }

    /** Tells the end once, whoever comes first. */
    private static final class Teller implements Watched.Witness, Consumer<Over> {

        private final Consumer<Answer> begun;
        private final Consumer<Over> end;
        private final AtomicBoolean told = new AtomicBoolean();

        private Teller(Consumer<Answer> begun, Consumer<Over> end) {
            this.begun = begun;
            this.end = end;
        }

        @Override
        public void accept(Over over) {
            if (told.compareAndSet(false, true)) {
                end.accept(over);
            }
        }

        @Override
        public void answered(Answer answer) {
            begun.accept(answer);
            answer.whenOver(this);
        }

        @Override
        public void failed(Throwable failure) {
            accept(Over.failed(failure));
        }

        @Override
        public void cancelled() {
            accept(CANCELLED);
        }

        @Override
        public String toString() {
            return "the rest";
        }
    }
}
