package dev.penstock.exchange;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** Takes records beside the calls, from features that do not know the trail. Thread-safe; never waits. */
@FunctionalInterface
public interface EventLog {

    /** The future completes when the record is durable, and fails when it is not within 5 s. */
    CompletableFuture<?> event(String type, ObjectNode fields);
}
