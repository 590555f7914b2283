package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.store.Presence;
import dev.penstock.store.RedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of limits in Redis, as long as this instance runs. Thread-safe. */
public final class RedisStore implements AutoCloseable {

    private static final Duration FIRST = Duration.ofSeconds(2);

    private final Fleet fleet;
    private final Beat beat;
    private final FleetLimits limits;

    private RedisStore(Fleet fleet, Beat beat, FleetLimits limits) {
        this.fleet = fleet;
        this.beat = beat;
        this.limits = limits;
    }

    /**
     * Waits up to two seconds for Redis; without it, it starts as away.
     *
     * @param boot names this run of this instance, as no other
     * @param patience with one answer; after it Redis is away
     */
    public static RedisStore open(
            RedisConnection redis, String boot, Duration patience, @Nullable MeterRegistry meters) {
        return open(
                new RedisCounts(redis),
                boot,
                new Watching(Beat.Pace.usual(patience), () -> "", Clock.systemUTC(), meters));
    }

    /** @param now see {@link Words} */
    record Watching(
            Beat.Pace pace,
            Supplier<String> now,
            Clock local,
            @Nullable MeterRegistry meters) {}

    static RedisStore open(RedisCounts counts, String boot, Watching how) {
        Leases leases = new Leases(boot);
        Ended ended = new Ended(counts::remove);
        Fleet fleet = new Fleet();
        Presence presence = new Presence("limits", how.meters());
        Words words = new Words(how.pace().lease(), EmbeddedLimits.MOST_SUBJECTS, how.now());
        FleetLimits limits = FleetLimits.of(new FleetLimits.Parts(
                new RedisLimits(counts, words, leases, ended),
                new LocalShare(how.local(), leases, fleet, ended::tell),
                leases,
                presence,
                how.pace().patience()));
        Beat beat = new Beat(counts, leases, ended, fleet, presence, how.pace());
        reach(beat);
        return new RedisStore(fleet, beat, limits);
    }

    // the first connection takes longer than any call may, and the application waits for it rather than its first
    // callers
    private static void reach(Beat beat) {
        try {
            beat.once(FIRST).toFuture().get(FIRST.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // the presence knows, and the beat goes on
        }
    }

    public Limits limits() {
        return limits;
    }

    /** How many instances there are, this one included, as Redis knew lately. */
    public int fleet() {
        return fleet.size();
    }

    @Override
    public void close() {
        beat.close();
    }
}
