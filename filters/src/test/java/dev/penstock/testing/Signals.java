package dev.penstock.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting with a bound: a test fails by name instead of hanging. */
final class Signals {

    private Signals() {}

    /** A future that completes when the latch is down. */
    static CompletableFuture<?> of(CountDownLatch latch) {
        CompletableFuture<Void> down = new CompletableFuture<>();
        Thread waiter = new Thread(() -> await(latch, down), "scripted-latch");
        waiter.setDaemon(true);
        waiter.start();
        return down;
    }

    /** @throws AssertionError when {@code what} does not happen in time */
    static <T> T within(Duration bound, CompletableFuture<T> future, String what) {
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
            throw new AssertionError("'" + what + "' did not happen (expected: within " + bound + ")");
        } catch (ExecutionException ex) {
            throw new AssertionError("'" + what + "' failed", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for '" + what + "'");
        }
    }

    private static void await(CountDownLatch latch, CompletableFuture<Void> down) {
        try {
            latch.await();
            down.complete(null);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
