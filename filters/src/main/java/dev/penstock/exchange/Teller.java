package dev.penstock.exchange;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Tells the end once, whoever comes first. */
final class Teller implements Witness, Consumer<Over> {

    private static final AtomicIntegerFieldUpdater<Teller> TOLD =
            AtomicIntegerFieldUpdater.newUpdater(Teller.class, "told");

    private final UnaryOperator<Answer> begun;
    private final Consumer<Over> end;
    private volatile int told;

    Teller(UnaryOperator<Answer> begun, Consumer<Over> end) {
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
    public Answer answered(Answer answer) {
        Answer handedOn = begun.apply(answer);
        handedOn.whenOver(this);
        return handedOn;
    }

    @Override
    public void failed(Throwable failure) {
        accept(Over.failed(failure));
    }

    @Override
    public void cancelled() {
        accept(Over.CANCELLED);
    }
}
