package dev.penstock.exchange;

import java.util.Objects;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Runs the steps, then writes their answer; tells the caller of a failure as long as nothing has been written. One operator in place of six. */
final class Written extends Mono<Void> {

    private final FirstStep step;
    private final LlmExchange exchange;
    private final Mono<Void> steps;

    Written(FirstStep step, LlmExchange exchange, Mono<Void> steps) {
        this.step = step;
        this.exchange = exchange;
        this.steps = steps;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> downstream) {
        Writing writing = new Writing(downstream);
        downstream.onSubscribe(writing);
        steps.subscribe(writing);
    }

    private enum Phase {
        STEPS,
        ANSWER,
        FAILURE
    }

    /** Each phase has a source of its own, and begins when the one before is over. */
    private final class Writing extends InTurn<Void> implements CoreSubscriber<Void> {

        private Phase phase = Phase.STEPS;

        private Writing(CoreSubscriber<? super Void> downstream) {
            super(downstream);
        }

        @Override
        public void onNext(Void never) {}

        @Override
        public void onComplete() {
            if (isLeft()) {
                return;
            }
            switch (phase) {
                case STEPS -> write();
                case ANSWER -> written();
                case FAILURE -> downstream().onComplete();
            }
        }

        private void write() {
            Mono<Void> writing;
            try {
                Answer answer =
                        exchange.answer().orElseThrow(() -> new IllegalStateException("no step gave an answer"));
                writing = Objects.requireNonNull(step.write(exchange, answer));
            } catch (Throwable failure) {
                onError(Operators.onOperatorError(failure, currentContext()));
                return;
            }
            phase = Phase.ANSWER;
            writing.subscribe(this);
        }

        private void written() {
            try {
                exchange.written();
            } catch (Throwable failure) {
                onError(Operators.onOperatorError(failure, currentContext()));
                return;
            }
            downstream().onComplete();
        }

        @Override
        public void onError(Throwable failure) {
            if (phase == Phase.FAILURE) {
                downstream().onError(failure);
                return;
            }
            phase = Phase.FAILURE;
            exchange.drop();
            if (isLeft()) {
                return;
            }
            // of an answer that has begun nothing can be changed: its connection is closed by passing the failure on
            if (exchange.web().getResponse().isCommitted()) {
                downstream().onError(failure);
                return;
            }
            Mono<Void> telling;
            try {
                telling = Objects.requireNonNull(step.fail(exchange, failure));
            } catch (Throwable other) {
                downstream()
                        .onError(Exceptions.addSuppressed(Operators.onOperatorError(other, currentContext()), failure));
                return;
            }
            telling.subscribe(this);
        }

        @Override
        public void cancel() {
            try {
                leave();
            } finally {
                exchange.abandon();
            }
        }
    }
}
