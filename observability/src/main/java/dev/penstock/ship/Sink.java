package dev.penstock.ship;

import dev.penstock.audit.ShipperConfig;
import java.util.concurrent.CompletableFuture;

/** Where batches go. Thread-safe. */
@FunctionalInterface
interface Sink {

    /** Completes within a bounded time, and never with a failure. To cancel it gives up. */
    CompletableFuture<Receipt> send(ShipperConfig shipper, Batch batch);
}
