package dev.penstock.audit.trail;

import dev.penstock.alert.Webhook;
import dev.penstock.audit.AuditConfig;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.checkpoint.Note;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts checkpoints to {@code audit.checkpoints.webhook}, one after the other. Those that come meanwhile are passed over but for the
 * newest, which says all that they do; one that is not taken within about five seconds is given up for the next.
 */
final class CheckpointWebhook implements Consumer<Note> {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");

    private final CurrentSettings settings;
    private final Webhook webhook;
    private final AtomicReference<Note> newest = new AtomicReference<>();
    private final AtomicBoolean posting = new AtomicBoolean();
    private volatile boolean failing;
    private volatile @Nullable Note last;

    CheckpointWebhook(CurrentSettings settings, Webhook webhook) {
        this.settings = settings;
        this.webhook = webhook;
    }

    /** The last one that was taken since the start. */
    Optional<Note> last() {
        return Optional.ofNullable(last);
    }

    boolean used() {
        return settings.get().get(AuditConfig.class).checkpoints().address().isPresent();
    }

    @Override
    public void accept(Note note) {
        newest.set(note);
        post();
    }

    private void post() {
        if (!posting.compareAndSet(false, true)) {
            return;
        }
        Note note = newest.getAndSet(null);
        var address = settings.get().get(AuditConfig.class).checkpoints().address();
        if (note == null || address.isEmpty()) {
            posting.set(false);
            return;
        }
        webhook.post(address.get(), "text/plain; charset=utf-8", note.form().getBytes(StandardCharsets.UTF_8))
                .subscribe(sent -> {}, this::failed, () -> taken(note));
    }

    private void taken(Note note) {
        last = note;
        failing = false;
        next();
    }

    /** Its own words may hold the address. */
    private void failed(Throwable failure) {
        if (!failing) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            LOG.warn(
                    "audit.checkpoints.webhook does not take checkpoints: {}",
                    cause.getClass().getSimpleName());
        }
        failing = true;
        next();
    }

    private void next() {
        posting.set(false);
        if (newest.get() != null) {
            post();
        }
    }
}
