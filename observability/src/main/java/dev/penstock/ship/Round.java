package dev.penstock.ship;

import dev.penstock.audit.ShipperConfig;
import dev.penstock.core.Json;
import dev.penstock.journal.segment.Stored;
import dev.penstock.ship.ShipperView.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One try after the other, and what is learnt from each. The shipper's thread only, but for what is said otherwise. */
final class Round {

    static final int MOST = 500;

    private final Feed feed;
    private final Sink sink;
    private final Pace pace;
    private volatile @Nullable CompletableFuture<Receipt> running;
    private int most = MOST;
    private int failures;
    private long sent;
    private Trouble trouble = Trouble.NONE;
    private String reason = "";

    Round(Feed feed, Sink sink, Pace pace) {
        this.feed = feed;
        this.sink = sink;
        this.pace = pace;
    }

    /** Sends the next records, waits for the answer, and says how long to wait before the next call. */
    Duration run(ShipperConfig shipper) throws InterruptedException {
        Optional<Batch> batch = feed.next(stored -> wants(shipper, stored), most);
        if (batch.isEmpty()) {
            return failures == 0 ? pace.every() : well(pace.every());
        }
        Receipt receipt = batch.get().records().isEmpty() ? new Receipt.Taken() : send(shipper, batch.get());
        if (receipt instanceof Receipt.Away away) {
            Duration own = failed(Trouble.AWAY, away.reason());
            return own.compareTo(away.pause()) > 0 ? own : away.pause();
        }
        if (receipt instanceof Receipt.Refused refused) {
            return refused(refused, batch.get());
        }
        feed.done(batch.get());
        sent += batch.get().records().size();
        most = Math.min(MOST, most * 2);
        return well(Duration.ZERO);
    }

    private static boolean wants(ShipperConfig shipper, Stored stored) {
        return shipper.events() == ShipperConfig.Events.ALL
                || Json.string(stored.record(), "type").equals("security");
    }

    private Receipt send(ShipperConfig shipper, Batch batch) throws InterruptedException {
        CompletableFuture<Receipt> future = sink.send(shipper, batch);
        running = future;
        try {
            return future.get();
        } catch (ExecutionException bug) {
            return new Receipt.Away(bug.getCause().getClass().getSimpleName(), Duration.ZERO);
        } catch (CancellationException stopped) {
            return new Receipt.Away("stopped", Duration.ZERO);
        } finally {
            running = null;
        }
    }

    /** Smaller batches find the one record that it is about; before that one the shipper stops. */
    private Duration refused(Receipt.Refused refused, Batch batch) {
        if (refused.content() && batch.records().size() > 1) {
            most = Math.max(1, batch.records().size() / 2);
            return Duration.ZERO;
        }
        failed(Trouble.REFUSED, refused.reason() + " for record " + batch.first());
        return pace.most();
    }

    private Duration failed(Trouble what, String why) {
        trouble = what;
        reason = why;
        failures++;
        return pace.after(failures);
    }

    private Duration well(Duration next) {
        failures = 0;
        trouble = Trouble.NONE;
        reason = "";
        return next;
    }

    /** The records could not be read. */
    Duration unreadable(String why) {
        return failed(Trouble.DISK, why);
    }

    /** The place could not be kept; it may be later. */
    Duration unwritable() {
        return failed(Trouble.DISK, "its place cannot be kept");
    }

    Trouble trouble() {
        return trouble;
    }

    String reason() {
        return reason;
    }

    long sent() {
        return sent;
    }

    /** Any thread: gives up what is on its way. */
    void stop() {
        CompletableFuture<Receipt> now = running;
        if (now != null) {
            now.cancel(true);
        }
    }
}
