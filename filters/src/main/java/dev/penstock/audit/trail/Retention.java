package dev.penstock.audit.trail;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.AuditLog;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.Journal;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Deletions;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes segments whose newest record is older than {@code audit.retention}, and none that a hold touches or that a required shipper
 * does not have yet. One run at a time, on a thread that may wait.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");

    /** Checkpoints of a segment that stay comparable when it is gone. */
    private static final int MARKS = 16;

    private static final int MOST_A_RUN = 200;

    private final Journal journal;
    private final CheckpointFile checkpoints;
    private final Holds holds;
    private final AuditLog log;
    private final CurrentSettings settings;
    private final OldTexts texts;
    private final Clock clock;
    private final LongSupplier shipped;

    /** Segments that were read and stay, with the holds that were looked at. */
    private final Map<Long, List<Hold>> held = new HashMap<>();

    /** {@code shipped} says up to which record every required shipper has them. */
    Retention(
            Journal journal,
            CheckpointFile checkpoints,
            Holds holds,
            AuditLog log,
            CurrentSettings settings,
            OldTexts texts,
            Clock clock,
            LongSupplier shipped) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.holds = holds;
        this.log = log;
        this.settings = settings;
        this.texts = texts;
        this.clock = clock;
        this.shipped = shipped;
    }

    /** Whatever goes wrong is told, and tried again with the next run; a stop in the middle is nothing wrong. */
    synchronized void run() {
        try {
            Duration keep = settings.get().get(AuditConfig.class).retention();
            Instant cutoff = clock.instant().minus(keep);
            List<Long> firsts = journal.segments().firsts();
            int deleted = 0;
            for (int i = 0; i + 1 < firsts.size() && deleted < MOST_A_RUN && began(firsts.get(i + 1), cutoff); i++) {
                deleted += delete(firsts.get(i), firsts.get(i + 1), cutoff) ? 1 : 0;
            }
            texts.delete(cutoff, holds);
            new Thinning(checkpoints).run(clock.instant());
        } catch (IOException | RuntimeException failure) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LOG.error("deleting records by audit.retention failed: {}", failure.toString());
        }
    }

    /** Whether a segment's first record is so old that the one before may be, too. */
    private boolean began(long first, Instant cutoff) throws IOException {
        try (SegmentReader reader = journal.segments().read(new Place(first, 0), ignored -> {})) {
            return reader.next()
                    .map(stored -> Hold.time(stored.record()).isBefore(cutoff))
                    .orElse(false);
        }
    }

    private boolean delete(long first, long following, Instant cutoff) throws IOException {
        List<Hold> now = holds.all();
        if (now.equals(held.get(first)) || shipped.getAsLong() < following - 1) {
            return false;
        }
        Optional<Instant> newest = newest(first, following, now);
        if (newest.isEmpty()) {
            held.put(first, now);
        }
        if (newest.filter(time -> time.isBefore(cutoff)).isEmpty()) {
            return false;
        }
        long last = Deletions.in(journal.segments().directory()).ends(first, following) - 1;
        SortedSet<Long> marks = marks(first, last);
        if (!holds.ifStill(now, () -> journal.forget(first, marks))) {
            return false;
        }
        held.remove(first);
        tell(first, last, newest.get());
        return true;
    }

    /** Of its records; empty when one is held. */
    private Optional<Instant> newest(long first, long following, List<Hold> now) throws IOException {
        Instant newest = Instant.MIN;
        try (SegmentReader reader = journal.segments().read(new Place(first, 0), ignored -> {})) {
            Optional<Stored> stored = reader.next();
            while (stored.isPresent() && stored.get().seq() < following) {
                JsonNode record = stored.get().record();
                if (now.stream().anyMatch(hold -> hold.holds(record))) {
                    return Optional.empty();
                }
                Instant time = Hold.time(record);
                newest = time.isAfter(newest) ? time : newest;
                stored = reader.next();
            }
        }
        return Optional.of(newest);
    }

    /** Some of the checkpoints in it, evenly, the newest among them. */
    private SortedSet<Long> marks(long first, long last) {
        List<Long> sizes = new ArrayList<>();
        checkpoints
                .all()
                .forEach(note -> note.checkpoint()
                        .map(checkpoint -> checkpoint.size())
                        .filter(size -> size >= first && size <= last)
                        .ifPresent(sizes::add));
        SortedSet<Long> marks = new TreeSet<>();
        int step = Math.max(1, (sizes.size() + MARKS - 1) / MARKS);
        for (int i = sizes.size() - 1; i >= 0; i -= step) {
            marks.add(sizes.get(i));
        }
        return marks;
    }

    private void tell(long first, long last, Instant newest) {
        ObjectNode record = Json.object()
                .put("segment", Segments.name(first))
                .put("first", first)
                .put("last", last)
                .put("newest", newest.toString());
        log.event(Deletion.RECORD, record).whenComplete((position, failure) -> {
            if (failure != null) {
                LOG.error("records {} to {} were deleted by rule, and that could not be recorded", first, last);
            }
        });
    }
}
