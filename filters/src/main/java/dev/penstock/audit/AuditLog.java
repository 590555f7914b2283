package dev.penstock.audit;

import dev.penstock.core.Json;
import dev.penstock.exchange.EventLog;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Journal;
import dev.penstock.journal.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts records into the journal, and counts those that it did not take: as soon as one gets through again, the missing ones
 * are recorded as a gap. Thread-safe.
 */
public final class AuditLog implements EventLog {

    /** How long a record may take to become durable before whoever waits for it is told that it did not. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Journal journal;
    private final Clock clock;
    private final AtomicLong missing = new AtomicLong();

    public AuditLog(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A record beside the calls, such as what an administrator did or read; its time is set here. Never blocks. The future also
     * fails when the record is not durable within 5 s: it may be found later all the same. To cancel it takes no record back.
     */
    @Override
    public CompletableFuture<Position> event(String type, ObjectNode fields) {
        ObjectNode record = Json.object();
        record.put("type", type);
        record.put("time", clock.instant().toString());
        record.setAll(fields);
        return append(Entry.plain(record)).copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    CompletableFuture<Position> append(Entry entry) {
        CompletableFuture<Position> written = journal.append(entry);
        written.whenComplete((position, failure) -> {
            if (failure != null) {
                missing.incrementAndGet();
            } else if (missing.get() > 0) {
                tellGap();
            }
        });
        return written;
    }

    private void tellGap() {
        long count = missing.getAndSet(0);
        if (count > 0) {
            ObjectNode gap = Json.object();
            gap.put("type", "gap").put("time", clock.instant().toString()).put("missing", count);
            journal.append(Entry.plain(gap)).whenComplete((position, failure) -> {
                if (failure != null) {
                    missing.addAndGet(count);
                }
            });
        }
    }

    /** Records that could not be written and are not yet told as a gap. */
    long missing() {
        return missing.get();
    }
}
