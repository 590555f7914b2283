package dev.penstock.upstream;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/**
 * A body that is read within the time of its attempt. The time passes on a thread of its own: what just came is looked at to its end before, and nothing
 * after. No operators of their own for that, since a stream has hundreds of events.
 */
abstract class Timed extends BaseSubscriber<ByteBuf> implements Hurried {

    private static final AtomicIntegerFieldUpdater<Timed> BUSY =
            AtomicIntegerFieldUpdater.newUpdater(Timed.class, "busy");

    private final Deadline deadline;
    private volatile @Nullable Expired late;

    /** 1 while something that came is looked at; never 0 again when the time has passed. */
    private volatile int busy;

    Timed(Deadline deadline) {
        this.deadline = deadline;
    }

    abstract void came(ByteBuf bytes);

    abstract void ended();

    /** The network failed, or the time passed. */
    abstract void broke(Throwable failure);

    @Override
    protected final void hookOnNext(ByteBuf bytes) {
        deadline.life();
        if (enters()) {
            try {
                came(bytes);
            } finally {
                leaves();
            }
        }
    }

    @Override
    protected final void hookOnComplete() {
        if (enters()) {
            try {
                ended();
            } finally {
                leaves();
            }
        }
    }

    @Override
    protected final void hookOnError(Throwable failure) {
        if (enters()) {
            try {
                broke(Wire.told(failure));
            } finally {
                leaves();
            }
        }
    }

    @Override
    public final void passed(Expired why) {
        late = why;
        if (BUSY.getAndIncrement(this) == 0) {
            broke(why);
        }
    }

    private boolean enters() {
        return BUSY.compareAndSet(this, 0, 1);
    }

    private void leaves() {
        if (!BUSY.compareAndSet(this, 1, 0)) {
            Expired why = late;
            if (why != null) {
                broke(why);
            }
        }
    }
}
