package dev.penstock.store.register;

import dev.penstock.store.Presence;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis answers one register; one line in the log for each change. Thread-safe. */
final class Absence {

    private static final Logger LOG = LoggerFactory.getLogger(Register.class);

    private final String name;
    private final AtomicBoolean away = new AtomicBoolean();

    Absence(String name) {
        this.name = name;
    }

    void heard(@Nullable Throwable failed) {
        if (failed == null) {
            if (away.compareAndSet(true, false)) {
                LOG.warn("register '{}': Redis answers again", name);
            }
        } else if (away.compareAndSet(false, true)) {
            LOG.warn(
                    "register '{}': Redis does not answer ({}); what is known of it goes on, and changes of others are not heard",
                    name,
                    Presence.reason(failed));
        }
    }
}
