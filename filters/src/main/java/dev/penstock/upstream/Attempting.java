package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Gates;
import dev.penstock.exchange.InTurn;
import dev.penstock.exchange.Over;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * An attempt that has what it needs: goes past the gates, leaves, and closes its books once, however it ends. Then, where it failed, goes on with what
 * comes after it. Subscribed to once.
 */
final class Attempting extends Mono<Answer> {

    private final AttemptBooks books;
    private final Optional<Credential> credential;
    private final RequestTime left;
    private final Function<AttemptFailed, Mono<Answer>> onward;
    private volatile @Nullable Deadline running;

    Attempting(
            AttemptBooks books,
            Optional<Credential> credential,
            RequestTime left,
            Function<AttemptFailed, Mono<Answer>> onward) {
        this.books = books;
        this.credential = credential;
        this.left = left;
        this.onward = onward;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Answer> downstream) {
        Trying trying = new Trying(downstream);
        downstream.onSubscribe(trying);
        trying.begin();
    }

    /** Past the gates before and behind the writing of the request. */
    private Mono<Answer> passed() {
        Gates gates = books.exchange().gates();
        if (gates.open()) {
            return leaving(Outgoing.of(books, credential));
        }
        Mono<Void> before = gates.before(books.attempt(), books.exchange().get(Fact.CLEARED));
        return before == Mono.<Void>empty() ? written(gates) : before.then(Mono.defer(() -> written(gates)));
    }

    private Mono<Answer> written(Gates gates) {
        Outgoing outgoing = Outgoing.of(books, credential);
        Mono<Void> leaves = gates.leaving(books.attempt(), outgoing.body());
        return leaves == Mono.<Void>empty() ? leaving(outgoing) : leaves.then(Mono.defer(() -> leaving(outgoing)));
    }

    /** Its time begins when it leaves. */
    private Mono<Answer> leaving(Outgoing outgoing) {
        ProviderConfig.TimeoutConfig limits = books.provider().config().timeout();
        Duration total = left.within(limits.total());
        Deadline deadline = Deadline.start(books.time(), limits, total);
        running = deadline;
        return new Dispatch(books, outgoing, deadline);
    }

    private void stop() {
        Deadline deadline = running;
        if (deadline != null) {
            deadline.stop();
        }
    }

    private void over(Over how) {
        stop();
        Attempt attempt = books.attempt();
        books.close(how, credential);
        books.exchange().gates().left(attempt);
    }

    /** Never throws: what was taken has to be given back. */
    private Throwable told(Throwable failure) {
        try {
            Throwable told = Breakage.of(failure, books.status());
            return told instanceof AttemptFailed failed
                    ? failed.saying(words -> KeyEcho.gone(words, credential))
                    : told;
        } catch (RuntimeException bug) {
            return bug;
        }
    }

    /** Subscribes to the attempt, and after it to what comes next. */
    private final class Trying extends InTurn<Answer> implements CoreSubscriber<Answer>, Consumer<Over> {

        private static final AtomicIntegerFieldUpdater<Trying> TOLD =
                AtomicIntegerFieldUpdater.newUpdater(Trying.class, "told");

        private volatile int told;
        private boolean answered;
        private boolean handedOn;
        private boolean done;

        private Trying(CoreSubscriber<? super Answer> downstream) {
            super(downstream);
        }

        private void begin() {
            if (isLeft()) {
                return;
            }
            Mono<Answer> attempt;
            try {
                attempt = passed();
            } catch (Throwable failure) {
                onError(Operators.onOperatorError(failure, currentContext()));
                return;
            }
            if (isLeft()) {
                stop();
                return;
            }
            attempt.subscribe(this);
        }

        @Override
        public void accept(Over how) {
            if (TOLD.compareAndSet(this, 0, 1)) {
                over(how);
            }
        }

        @Override
        public void onNext(Answer answer) {
            answered = true;
            if (!handedOn && !watches(answer)) {
                return;
            }
            downstream().onNext(answer);
        }

        /** A mistake in the books becomes the failure of the answer. */
        private boolean watches(Answer answer) {
            try {
                answer.whenOver(this);
                return true;
            } catch (RuntimeException broken) {
                done = true;
                leave();
                downstream().onError(broken);
                return false;
            }
        }

        @Override
        public void onComplete() {
            if (done) {
                return;
            }
            if (answered) {
                downstream().onComplete();
            } else {
                onError(new IllegalStateException("the provider gave no answer"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (done) {
                Operators.onErrorDropped(failure, currentContext());
                return;
            }
            if (handedOn) {
                downstream().onError(failure);
                return;
            }
            handedOn = true;
            Throwable why = told(failure);
            accept(Over.failed(why));
            if (isLeft()) {
                return;
            }
            if (why instanceof AttemptFailed failed) {
                goOn(failed);
            } else {
                downstream().onError(why);
            }
        }

        private void goOn(AttemptFailed failed) {
            Mono<Answer> next;
            try {
                next = Objects.requireNonNull(onward.apply(failed));
            } catch (Throwable other) {
                downstream()
                        .onError(Exceptions.addSuppressed(Operators.onOperatorError(other, currentContext()), failed));
                return;
            }
            next.subscribe(this);
        }

        @Override
        public void cancel() {
            leave();
            accept(Over.CANCELLED);
        }
    }
}
