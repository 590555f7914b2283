package dev.penstock.surface;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Fills the silences of a begun stream, so that nothing between us and the caller takes the connection for dead. */
final class Heartbeat {

    private final Scheduler scheduler;
    private final Duration every;
    private final AtomicBoolean alive = new AtomicBoolean();

    Heartbeat(Scheduler scheduler, Duration every) {
        this.scheduler = scheduler;
        this.every = every;
    }

    /** One {@code beat} for each whole period without an event; ends when {@code events} end. */
    <T> Flux<T> into(Flux<T> events, Supplier<T> beat) {
        Sinks.Empty<Void> ended = Sinks.empty();
        Flux<T> beats = Flux.interval(every, scheduler)
                .onBackpressureDrop()
                .filter(tick -> !alive.getAndSet(false))
                .map(tick -> beat.get())
                .takeUntilOther(ended.asMono());
        return events.doOnNext(event -> alive.set(true))
                .doOnTerminate(ended::tryEmitEmpty)
                .mergeWith(beats);
    }
}
