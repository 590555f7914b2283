package dev.penstock.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One thing that the scripted upstream does. */
sealed interface Move {

    record Bytes(byte[] bytes) implements Move {}

    /** Seeded noise. */
    record Garbage(int length) implements Move {}

    /** Cuts the bytes that follow. */
    record Cut(Cutting cutting, Duration gap) implements Move {}

    record Pause(Duration duration) implements Move {}

    record WaitFor(Supplier<CompletableFuture<?>> signal) implements Move {}

    record Tell(Runnable listener) implements Move {}

    enum Plain implements Move {
        FLUSH,
        RESET,
        FIN,
        HALF_OPEN,
        SILENCE
    }

    /** Where bytes are cut. */
    @FunctionalInterface
    interface Cutting {

        Cutting NONE = (offset, random) -> Integer.MAX_VALUE;

        /** The length of the piece that begins {@code offset} bytes after the cut began; at least 1. */
        int length(long offset, RandomGenerator random);
    }
}
