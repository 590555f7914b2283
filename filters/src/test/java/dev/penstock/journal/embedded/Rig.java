package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.JournalEvents;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalView;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A small journal in a directory, its fold, its disk, and what it said. */
final class Rig implements JournalEvents, AutoCloseable {

    static final int SEGMENT = 32 << 10;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    final Path directory;
    final FaultyDisk disk = new FaultyDisk();
    final Tally tally = new Tally();
    final ConcurrentLinkedQueue<Damage> damage = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<JournalView.State> states = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private Limits limits;
    private boolean accept;
    EmbeddedJournal journal;

    Rig(Path directory) {
        this.directory = directory;
        limits(SEGMENT, 64 << 20, Integer.MAX_VALUE);
    }

    Rig limits(int segmentBytes, long queueBytes, int snapshotRecords) {
        limits = new Limits(
                segmentBytes,
                queueBytes,
                Duration.ofMillis(250),
                segmentBytes / 8,
                1_000,
                snapshotRecords,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                Integer.MAX_VALUE);
        return this;
    }

    Rig acceptingCorruption() {
        accept = true;
        return this;
    }

    Rig open() {
        JournalConfig config =
                JournalConfig.of(directory, "test-1", CLOCK).with(limits).with((JournalEvents) this);
        journal = EmbeddedJournal.open(accept ? config.acceptingCorruption() : config, List.of(tally), disk);
        return this;
    }

    static ObjectNode record(int amount) {
        return record(amount, 0);
    }

    static ObjectNode record(int amount, int padding) {
        ObjectNode record = Json.object();
        record.put("type", "test");
        record.put("key", "k" + amount % 3);
        record.put("amount", amount);
        if (padding > 0) {
            record.put("text", "ä\"\n".repeat(padding / 4));
        }
        return record;
    }

    /** Each in a batch of its own. */
    Rig write(int from, int to) {
        for (int i = from; i < to; i++) {
            append(record(i));
        }
        return this;
    }

    Position append(ObjectNode record) {
        return durable(journal.append(Entry.plain(record)));
    }

    static Position durable(CompletableFuture<Position> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static JournalException failure(CompletableFuture<Position> future) {
        try {
            Position landed = future.orTimeout(20, TimeUnit.SECONDS).join();
            throw new AssertionError("landed: " + landed);
        } catch (CompletionException failure) {
            return (JournalException) failure.getCause();
        }
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    List<Stored> records() {
        return records(Segments.in(directory));
    }

    List<Stored> records(Segments segments) {
        List<Stored> all = new ArrayList<>();
        try (SegmentReader reader = segments.read(Place.START, damage::add)) {
            for (Optional<Stored> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return all;
    }

    /**
     * As after a kill: the files as they are now. The list of files is of one moment and each is copied later, so no snapshot is
     * ahead of its records. When one has gone away meanwhile, all is copied anew.
     */
    Rig copy(Path to) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path into = attempt == 0 ? to : to.resolveSibling(to.getFileName() + "-" + attempt);
            try {
                copyOnce(into);
                return new Rig(into);
            } catch (NoSuchFileException replaced) {
                if (attempt == 100) {
                    throw replaced;
                }
            }
        }
    }

    private void copyOnce(Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("lock") && !name.startsWith("next") && !name.equals("snapshot.new")) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
    }

    @Override
    public void damaged(Damage found) {
        damage.add(found);
    }

    @Override
    public void changed(JournalView.State state, String reason) {
        states.add(state);
    }

    @Override
    public void failed(String what, Throwable failure) {
        failures.add(what + ": " + failure);
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
