package dev.penstock.upstream;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt.Reason;
import dev.penstock.provider.DecodeException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SignalType;

/**
 * A provider's stream on its way to the caller. It begins with the first semantic event; what came before that is held back, so
 * that a failure until then is a failure of the attempt. Only a few reads are asked for ahead, and none while the caller has no
 * room.
 *
 * <p>It ends well only when the dialect's own end was seen. When nothing more can come, the caller is not kept waiting for the
 * connection's end; the connection gets a moment to end by itself and to be used again.
 */
final class Relay extends Timed {

    /** Reads on their way at most: asking for each alone would switch the socket's readiness off and on for every event. */
    private static final int WINDOW = 16;

    /** Bytes that may come before anything is said. */
    private static final int LARGEST_PREAMBLE = 1024 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(1);

    private final AttemptBooks books;
    private final Decoder decoder;
    private final Time time;
    private final Deadline deadline;
    private final Deque<Chunk> early = new ArrayDeque<>();
    private final AtomicInteger outstanding = new AtomicInteger(WINDOW);
    private final Consumer<Chunk> taker = this::take;
    private @Nullable MonoSink<Answer> waiting;
    private volatile @Nullable FluxSink<Chunk> out;
    private boolean committable;
    private int held;
    private volatile boolean pausing;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;
    private @Nullable Disposable farewell;

    Relay(AttemptBooks books, Decoder decoder, Time time, Deadline deadline) {
        super(deadline);
        this.books = books;
        this.decoder = decoder;
        this.time = time;
        this.deadline = deadline;
    }

    /** Reads until the first semantic event; fails with what broke it, or completes with the stream. */
    Mono<Answer> begin(Flux<ByteBuf> body) {
        return Mono.create(sink -> {
            waiting = sink;
            sink.onCancel(this);
            deadline.watch(this);
            body.subscribe(this);
        });
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(WINDOW);
    }

    @Override
    void came(ByteBuf bytes) {
        if (over) {
            return;
        }
        outstanding.decrementAndGet();
        try {
            decoder.feed(bytes.nioBuffer(), taker);
        } catch (RuntimeException broken) {
            fail(broken);
            return;
        }
        if (decoder.closed() && !decoder.complete()) {
            fail(AttemptFailed.of(Reason.TRUNCATED, books.status()));
        } else if (decoder.closed()) {
            finish();
            farewell = time.limits().schedule(this::cancel, LINGER.toMillis(), TimeUnit.MILLISECONDS);
            request(Long.MAX_VALUE);
        } else {
            next();
        }
    }

    private void take(Chunk chunk) {
        committable |= chunk.mark() == Mark.SEMANTIC || chunk.mark() == Mark.FINISH;
        FluxSink<Chunk> sink = out;
        if (sink == null) {
            synchronized (early) {
                sink = out;
                if (sink == null) {
                    hold(chunk);
                    return;
                }
            }
        }
        sink.next(chunk);
    }

    private void hold(Chunk chunk) {
        held += chunk.data().length;
        if (held > LARGEST_PREAMBLE && !committable) {
            throw new DecodeException("more than " + LARGEST_PREAMBLE + " bytes before the first event");
        }
        early.add(chunk);
    }

    private void next() {
        if (waiting != null && committable) {
            commit();
        }
        if (waiting != null) {
            refill();
        } else {
            readIfWanted();
        }
    }

    private void commit() {
        MonoSink<Answer> sink = waiting;
        waiting = null;
        books.serves();
        Flux<Chunk> chunks = Flux.<Chunk>create(this::attach).onErrorMap(AttemptFailed.class, this::told);
        sink.success(Answer.Streamed.of(chunks, this::cancel));
    }

    private Throwable told(AttemptFailed failed) {
        books.broke(failed);
        return Verdict.midStream(failed, books.trail());
    }

    private void attach(FluxSink<Chunk> sink) {
        synchronized (early) {
            early.forEach(sink::next);
            early.clear();
            out = sink;
        }
        sink.onCancel(this);
        if (over) {
            close(sink);
        } else {
            sink.onRequest(ignored -> readIfWanted());
        }
    }

    /** Ends the caller's stream; the sink takes the first end it is told, so both threads may tell it. */
    private void close(FluxSink<Chunk> sink) {
        Throwable why = failure;
        if (why == null) {
            sink.complete();
        } else {
            sink.error(why);
        }
    }

    private void readIfWanted() {
        FluxSink<Chunk> sink = out;
        if (sink != null && sink.requestedFromDownstream() > 0) {
            if (pausing) {
                pausing = false;
                deadline.life();
            }
            refill();
        } else if (outstanding.get() == 0) {
            pausing = true;
            deadline.callerPauses();
        }
    }

    private void refill() {
        int now = outstanding.get();
        while (now <= WINDOW / 2) {
            if (outstanding.compareAndSet(now, WINDOW)) {
                request(WINDOW - now);
                return;
            }
            now = outstanding.get();
        }
    }

    @Override
    void ended() {
        if (over) {
            return;
        }
        if (decoder.complete()) {
            finish();
        } else {
            fail(AttemptFailed.of(Reason.TRUNCATED, books.status()));
        }
    }

    @Override
    void broke(Throwable broken) {
        if (!over) {
            fail(broken);
        }
    }

    @Override
    protected void hookFinally(SignalType how) {
        if (farewell != null) {
            farewell.dispose();
        }
    }

    private void finish() {
        decoder.end(taker);
        over = true;
        if (waiting != null) {
            commit();
        } else {
            closeIfAttached();
        }
    }

    private void fail(Throwable broken) {
        Throwable told = Breakage.of(broken, books.status());
        failure = told;
        over = true;
        cancel();
        if (waiting != null) {
            waiting.error(told);
        } else {
            closeIfAttached();
        }
    }

    private void closeIfAttached() {
        FluxSink<Chunk> sink;
        synchronized (early) {
            sink = out;
        }
        if (sink != null) {
            close(sink);
        }
    }
}
