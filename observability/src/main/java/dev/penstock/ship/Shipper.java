package dev.penstock.ship;

import dev.penstock.audit.ShipperConfig;
import dev.penstock.ship.ShipperView.Trouble;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends records to one sink, in their order, each until it is taken. A thread of its own. */
final class Shipper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");
    private static final Duration KEPT_EVERY = Duration.ofSeconds(1);
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long CLOSE_MILLIS = 5_000;

    private final String name;
    private final Feed feed;
    private final CursorFile file;
    private final Round round;
    private final Clock clock;
    private final Thread thread;
    private volatile ShipperView view;
    private volatile @Nullable ShipperConfig config;
    private volatile boolean woken;
    private volatile boolean closing;
    private Cursor kept;
    private long keptAt;
    private Trouble told = Trouble.NONE;

    Shipper(String name, Feed feed, CursorFile file, Sink sink, Pace pace, Clock clock) {
        this.name = name;
        this.feed = feed;
        this.file = file;
        this.round = new Round(feed, sink, pace);
        this.clock = clock;
        this.kept = feed.cursor();
        this.view = ShipperView.at(kept);
        this.thread = new Thread(this::run, "penstock-shipper-" + name);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on as told here, and at once, whatever it waited for; null for not at all. Its place stays. */
    void use(@Nullable ShipperConfig next) {
        if (next == null || !next.equals(config)) {
            config = next;
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            woken = false;
            ShipperConfig now = config;
            pause(now == null ? IDLE_NANOS : once(now).toNanos());
        }
        keep(Duration.ZERO);
        closeFeed();
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !woken && !closing) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    private Duration once(ShipperConfig now) {
        Duration next;
        try {
            next = round.run(now);
        } catch (InterruptedException stopped) {
            closing = true;
            next = Duration.ZERO;
        } catch (RuntimeException unreadable) {
            next = round.unreadable(unreadable.toString());
            closeFeed();
        }
        if (!keep(next.isZero() ? KEPT_EVERY : Duration.ZERO)) {
            next = round.unwritable();
        }
        Trouble trouble = round.trouble();
        tellGaps();
        view = new ShipperView(trouble, feed.cursor().seq(), kept.seq(), feed.oldest(), round.sent(), feed.missed());
        tell(trouble);
        return next;
    }

    /** Keeps its place when that was done so long ago; false when the disk does not take it. */
    private boolean keep(Duration after) {
        Cursor now = feed.cursor();
        if (now.equals(kept) || clock.millis() - keptAt < after.toMillis()) {
            return true;
        }
        try {
            file.write(now);
            kept = now;
            keptAt = clock.millis();
            return true;
        } catch (IOException failure) {
            LOG.debug("shipper {} cannot keep its place", name, failure);
            return false;
        }
    }

    private void closeFeed() {
        try {
            feed.close();
        } catch (IOException ignored) {
            LOG.debug("shipper {}: {}", name, ignored.toString());
        }
    }

    private void tellGaps() {
        feed.gaps()
                .forEach(gap -> LOG.error(
                        "shipper {} never sent records {} to {}: they were deleted or damaged before their turn came",
                        name,
                        gap.first(),
                        gap.last()));
    }

    /** Once a change. */
    private void tell(Trouble now) {
        if (now == told || closing) {
            return;
        }
        told = now;
        switch (now) {
            case NONE -> LOG.info("shipper {} sends records again", name);
            case AWAY -> LOG.warn("shipper {} cannot send records: {}; they wait", name, round.reason());
            case REFUSED ->
                LOG.error(
                        "shipper {} stops, its sink refuses what is next: {}; it is offered again",
                        name,
                        round.reason());
            case DISK -> LOG.error("shipper {} stops, the disk fails: {}", name, round.reason());
        }
    }

    ShipperView view() {
        return view;
    }

    /** What is on its way is given up, and sent again after the next start. */
    @Override
    public void close() {
        closing = true;
        round.stop();
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
