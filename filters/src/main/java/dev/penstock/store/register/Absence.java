package dev.penstock.store.register;

import dev.penstock.store.Presence;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one thing that is done again and again fails; one line in the log for each change. Thread-safe. */
final class Absence {

    private static final Logger LOG = LoggerFactory.getLogger(Register.class);

    private final String away;
    private final String back;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param away what is said when it begins to fail, with {@code {}} where the reason stands
     * @param back what is said when it does not any more
     */
    Absence(String away, String back) {
        this.away = away;
        this.back = back;
    }

    /** Does it; how that went is heard and told to nobody else. */
    void attempt(Runnable task) {
        try {
            task.run();
            heard(null);
        } catch (RuntimeException failed) {
            heard(failed);
        }
    }

    void heard(@Nullable Throwable failed) {
        if (failed == null) {
            if (failing.compareAndSet(true, false)) {
                LOG.warn(back);
            }
        } else if (failing.compareAndSet(false, true)) {
            LOG.warn(away, Presence.reason(failed));
        }
    }
}
