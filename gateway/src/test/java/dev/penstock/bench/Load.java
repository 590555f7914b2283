package dev.penstock.bench;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ways in which a target is put under load. Each waits for its end, and fails with the first request that fails. */
final class Load {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Target target;

    Load(Target target) {
        this.target = target;
    }

    /** As many whole answers as come in {@code time}: each connection asks again as soon as it was answered. */
    Times full(int connections, Duration time) {
        byte[] body = Asking.JSON.of(target.model());
        Times times = new Times();
        long end = System.nanoTime() + time.toNanos();
        try (Caller caller = Caller.of(target, connections)) {
            Mono<?> again = timed(caller.json(body), times)
                    .repeat(() -> System.nanoTime() < end)
                    .then();
            Flux.range(0, connections).flatMap(i -> again, connections).blockLast(LONGEST);
        }
        return times;
    }

    /** A fixed rate, whatever the answers take; a time counts from when its request was due. */
    Times calm(int connections, int count) {
        byte[] body = Asking.JSON.of(target.model());
        Times times = new Times();
        Duration every = Duration.ofSeconds(1).dividedBy(Options.CALM_RATE);
        try (Caller caller = Caller.of(target, connections)) {
            long began = System.nanoTime();
            Flux.interval(Duration.ZERO, every)
                    .onBackpressureBuffer()
                    .take(count)
                    .flatMap(
                            i -> caller.json(body)
                                    .doOnNext(size -> times.add(System.nanoTime() - began - i * every.toNanos())),
                            Integer.MAX_VALUE)
                    .blockLast(LONGEST);
        }
        return times;
    }

    /** Streams that begin one after the other within a second, each followed by another; the times are those to the first byte. */
    Times streams(int streams, int each) {
        byte[] body = Asking.STREAM.of(target.model());
        Times times = new Times();
        try (Caller caller = Caller.of(target, streams)) {
            Flux.range(0, streams)
                    .flatMap(
                            i -> new OneStream(caller.stream(body), times)
                                    .run()
                                    .delaySubscription(Duration.ofMillis(i * 1000L / streams))
                                    .repeat(each - 1),
                            streams)
                    .blockLast(LONGEST);
        }
        return times;
    }

    /** Whole answers and hasty streams, until all code has run often enough to be compiled. */
    void warmUp(Options options) {
        Duration time = Duration.ofSeconds(options.warmup());
        full(options.connections(), time);
        if (options.has("stream")) {
            hasty(options.connections(), time.dividedBy(2));
        }
    }

    private void hasty(int streams, Duration time) {
        byte[] body = Asking.HASTY.of(target.model());
        long end = System.nanoTime() + time.toNanos();
        try (Caller caller = Caller.of(target, streams)) {
            Mono<Void> one = Mono.defer(() -> new OneStream(caller.stream(body), new Times()).run());
            Mono<?> again = one.repeat(() -> System.nanoTime() < end).then();
            Flux.range(0, streams).flatMap(i -> again, streams).blockLast(LONGEST);
        }
    }

    private static <T> Mono<T> timed(Mono<T> call, Times times) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return call.doOnNext(done -> times.add(System.nanoTime() - began));
        });
    }
}
