package dev.penstock.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What the scripted upstream saw. Safe to read from any thread. */
public final class Ledger {

    private record Waiter(BooleanSupplier condition, CompletableFuture<Void> met) {}

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private int accepted;
    private int open;
    private int mostOpen;

    /** All requests so far, in the order their last byte came. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** The only request so far. */
    public synchronized Exchange only() {
        if (exchanges.size() != 1) {
            throw new AssertionError("'requests' " + exchanges.size() + " (expected: 1)");
        }
        return exchanges.get(0);
    }

    /** The request with this number, from 0, once it is there. */
    public Exchange await(int number, Duration bound) {
        awaiting(bound, () -> exchanges.size() > number, "request " + number);
        return exchanges().get(number);
    }

    /** Waits until exactly {@code count} connections are open. */
    public void awaitOpen(int count, Duration bound) {
        awaiting(bound, () -> open == count, count + " open connections");
    }

    /** Connections that neither side has ended. */
    public synchronized int openConnections() {
        return open;
    }

    /** The most that were open at once. */
    public synchronized int mostConnections() {
        return mostOpen;
    }

    /** All connections that were ever accepted. */
    public synchronized int acceptedConnections() {
        return accepted;
    }

    /** What the test's own functions threw. */
    public synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    synchronized int opened() {
        open++;
        mostOpen = Math.max(mostOpen, open);
        wake();
        return accepted++;
    }

    synchronized void ended() {
        open--;
        wake();
    }

    /** Numbers the request, {@code -1} in {@code received}, and keeps it. */
    synchronized Exchange add(Exchange received) {
        Exchange numbered = new Exchange(
                exchanges.size(),
                received.connection(),
                received.method(),
                received.path(),
                received.query(),
                received.headers(),
                received.body(),
                received.closed());
        exchanges.add(numbered);
        wake();
        return numbered;
    }

    synchronized void failed(Throwable failure) {
        failures.add(failure);
    }

    private void awaiting(Duration bound, BooleanSupplier condition, String what) {
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        synchronized (this) {
            waiters.add(waiter);
            wake();
        }
        Signals.within(bound, waiter.met(), what);
    }

    private void wake() {
        waiters.removeIf(
                waiter -> waiter.condition().getAsBoolean() && waiter.met().complete(null));
    }
}
