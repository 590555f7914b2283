package dev.penstock.audit;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The section {@code audit:}.
 *
 * @param content what of prompt and answer is recorded
 * @param outcome whether the end of an answer waits for its record
 * @param mode what happens when a record cannot be written
 * @param checkpoints where signed statements of the records go
 * @param retention age at which records are deleted
 * @param shippers where records are sent to
 */
public record AuditConfig(
        @DefaultValue("redacted") Content content,
        @DefaultValue("async") Completion outcome,
        @DefaultValue("strict") Mode mode,
        @DefaultValue CheckpointsConfig checkpoints,
        @DefaultValue("400d") Duration retention,
        @DefaultValue List<ShipperConfig> shippers) {

    public enum Content {
        NONE,
        /** Keyed hashes: they tell whether a text was sent, and nothing else of it. */
        REDACTED,
        /** The same, and the texts, encrypted, beside the records. */
        ENCRYPTED
    }

    public enum Completion {
        ASYNC,
        AWAIT
    }

    public enum Mode {
        /** No durable record, no call. */
        STRICT,
        /** The call leaves; how many records are missing is recorded as soon as records can be written again. */
        BEST_EFFORT,
        /** Nothing but what a budget needs to survive a crash. */
        OFF
    }
}
