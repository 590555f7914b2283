package dev.penstock.exchange;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
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
        return new Told(rest, begun, end);
    }

    private static final class Told extends Watched {

        private final Mono<Answer> rest;
        private final Consumer<Answer> begun;
        private final Consumer<Over> end;

        private Told(Mono<Answer> rest, Consumer<Answer> begun, Consumer<Over> end) {
            this.rest = rest;
            this.begun = begun;
            this.end = end;
        }

        @Override
        Mono<Answer> rest() {
            return rest;
        }

        @Override
        Witness witness() {
            return new Teller(begun, end);
        }

        @Override
        @Nullable
        LlmExchange exchange() {
            return null;
        }

        @Override
        public String toString() {
            return "the rest";
        }
    }

    /** Tells the end once, whoever comes first. */
    private static final class Teller implements Watched.Witness, Consumer<Over> {

        private static final AtomicIntegerFieldUpdater<Teller> TOLD =
                AtomicIntegerFieldUpdater.newUpdater(Teller.class, "told");

        private final Consumer<Answer> begun;
        private final Consumer<Over> end;
        private volatile int told;

        private Teller(Consumer<Answer> begun, Consumer<Over> end) {
            this.begun = begun;
            this.end = end;
        }

        @Override
        public void accept(Over over) {
            if (TOLD.compareAndSet(this, 0, 1)) {
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
    }
}
