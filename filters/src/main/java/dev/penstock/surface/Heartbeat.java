package dev.penstock.surface;

import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Fills the silences of a begun stream, so that nothing between us and the caller takes the connection for dead. */
final class Heartbeat {

    /** The period is watched in parts, since an event may come just after one began. */
    private static final int PARTS = 4;

    private final Scheduler scheduler;
    private final Duration every;
    private volatile int quiet;

    Heartbeat(Scheduler scheduler, Duration every) {
        this.scheduler = scheduler;
        this.every = every;
    }

    /** A {@code beat} before a silence is longer than the period, and not before three quarters of it; ends with {@code events}. */
    <T> Flux<T> into(Flux<T> events, Supplier<T> beat) {
        Sinks.Empty<Void> ended = Sinks.empty();
        Flux<T> beats = Flux.interval(every.dividedBy(PARTS), scheduler)
                .onBackpressureDrop()
                .filter(tick -> isDue())
                .map(tick -> beat.get())
                .takeUntilOther(ended.asMono());
        return events.doOnNext(event -> quiet = 0)
                .doOnTerminate(ended::tryEmitEmpty)
                .mergeWith(beats);
    }

    private boolean isDue() {
        int parts = quiet + 1;
        quiet = parts % PARTS;
        return parts >= PARTS;
    }
}
