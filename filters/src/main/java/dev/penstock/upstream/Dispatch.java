package dev.penstock.upstream;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.InTurn;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Dialect;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Sends one attempt, and reads what comes back within its time. */
final class Dispatch extends Mono<Answer> {

    /** More than any whole answer; images and audio included. */
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private static final int LARGEST_ERROR = 256 * 1024;

    private final AttemptBooks books;
    private final Asked asked;
    private final Dialect dialect;
    private final Lane lane;
    private final Deadline deadline;
    private final Outgoing outgoing;

    Dispatch(AttemptBooks books, Outgoing outgoing, Deadline deadline) {
        this.books = books;
        this.asked = books.exchange().get(Fact.CLEARED);
        this.dialect = books.provider().dialect();
        this.lane = Lane.of(asked, dialect);
        this.deadline = deadline;
        this.outgoing = outgoing;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Answer> downstream) {
        Answering answering = new Answering(downstream);
        downstream.onSubscribe(answering);
        if (answering.over != Answering.RUNNING) {
            return;
        }
        books.attempt().leaves();
        deadline.watch(answering);
        try {
            books.provider().transport().send(outgoing, answering::read).subscribe(answering);
        } catch (Throwable failure) {
            answering.onError(Operators.onOperatorError(failure, answering.currentContext()));
        }
    }

    private Mono<Answer> read(Reply reply, Answering answering) {
        books.status(reply.status());
        if (reply.status() != 200) {
            return Collected.of(
                    reply.body(),
                    LARGEST_ERROR,
                    deadline::life,
                    bytes -> answering.arrives() ? failure(reply, bytes) : null);
        }
        if (reply.isForeign()) {
            reply.abort().run();
            throw new DecodeException("a page or a coded body (expected: events or JSON)");
        }
        if (asked.stream() && !reply.isJson()) {
            return new Relay(books, lane.decoder(books), books.time(), deadline).begin(reply.body());
        }
        return Collected.of(
                reply.body(),
                LARGEST_ANSWER,
                deadline::life,
                bytes -> answering.arrives() ? whole(bytes, reply) : null);
    }

    private Answer failure(Reply reply, byte[] body) {
        throw AttemptFailed.told(dialect.error(reply.status(), reply.headers(), body));
    }

    private Answer whole(byte[] body, Reply reply) {
        if (asked.stream()) {
            throw notAStream(body, reply);
        }
        Answer answer = lane.whole(Json.LENIENT_DEPTH.read(body), body, books);
        books.serves();
        return answer;
    }

    /** A JSON body with 200 where a stream was asked for is an error that the provider forgot to give a status. */
    private RuntimeException notAStream(byte[] body, Reply reply) {
        if (Json.LENIENT_DEPTH.read(body).path("error").isObject()) {
            return AttemptFailed.told(dialect.error(500, reply.headers(), body));
        }
        return new DecodeException("a JSON document (expected: an event stream)");
    }

    /**
     * The deadline passes on a thread of its own: whoever is first, the last byte of a whole answer, the beginning of a stream or that, tells it. What
     * has come is then looked at in peace.
     */
    private final class Answering extends InTurn<Answer> implements CoreSubscriber<Answer>, Hurried {

        private static final int RUNNING = 0;
        private static final int ARRIVED = 1;
        private static final int ENDED = 2;

        private static final AtomicIntegerFieldUpdater<Answering> OVER =
                AtomicIntegerFieldUpdater.newUpdater(Answering.class, "over");

        private volatile int over;
        private boolean replied;

        private Answering(CoreSubscriber<? super Answer> downstream) {
            super(downstream);
        }

        private Mono<Answer> read(Reply reply) {
            replied = true;
            return Dispatch.this.read(reply, this);
        }

        /** All of it is here; false when it was given up before. */
        private boolean arrives() {
            return OVER.compareAndSet(this, RUNNING, ARRIVED);
        }

        private boolean ends() {
            return over != ENDED && OVER.getAndSet(this, ENDED) != ENDED;
        }

        @Override
        public void onNext(Answer answer) {
            if (ends()) {
                downstream().onNext(answer);
                downstream().onComplete();
            } else {
                answer.close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (ends()) {
                downstream().onError(replied ? failure : Wire.told(failure));
            }
        }

        @Override
        public void onComplete() {
            if (ends()) {
                downstream().onComplete();
            }
        }

        @Override
        public void passed(Expired why) {
            if (OVER.compareAndSet(this, RUNNING, ENDED)) {
                leave();
                downstream().onError(why);
            }
        }

        @Override
        public void cancel() {
            if (ends()) {
                leave();
            }
        }
    }
}
