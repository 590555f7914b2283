package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Fold;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.Room;
import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Disk;
import dev.penstock.journal.segment.Segments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The parts of an open journal, put together. */
final class Opened {

    private static final int CLOSE_SECONDS = 30;
    private static final Duration LINGER = Duration.ofMillis(5);

    private final JournalConfig config;
    private final Disk disk;
    private final DirectoryLock lock;
    private final Recovered recovered;
    private final Duration recoveryTook;
    private final Segments segments;
    private final Snapshots snapshots;
    private final ExecutorService files;
    private final Alarm alarm;
    private final Space space;
    private final Inbox inbox;
    private final Store store;
    private final Commit commit;
    private final Writer writer;
    private final BackgroundCheck check;
    private final Thread thread;

    private Opened(JournalConfig config, List<Fold> list, Disk disk, DirectoryLock lock, ExecutorService files)
            throws IOException {
        LongSupplier nanos = System::nanoTime;
        JournalConfig.Limits limits = config.limits();
        Path directory = config.directory();
        this.config = config;
        this.disk = disk;
        this.lock = lock;
        this.files = files;
        this.alarm = new Alarm(config.events());
        this.snapshots = new Snapshots(directory, disk);
        Folds folds = new Folds(List.copyOf(list), config.events());
        long began = nanos.getAsLong();
        this.recovered = Recovery.run(config, Segments.in(directory), folds, snapshots.load());
        this.recoveryTook = Duration.ofNanos(nanos.getAsLong() - began);
        recovered.damage().forEach(alarm::damaged);
        this.space = new Space(directory, disk, limits.floorBytes());
        this.inbox = new Inbox(limits.queueBytes(), limits.queueWait(), LINGER);
        Spare spare = new Spare(directory, disk, limits.segmentBytes(), files);
        this.store = new Store(Segments.in(directory), disk, spare, limits.segmentBytes(), recovered, nanos);
        this.segments = Segments.in(directory).upTo(store::end);
        this.commit = new Commit(inbox, store, folds, limits.recordBytes(), recovered);
        SnapshotSchedule schedule =
                new SnapshotSchedule(snapshots, folds, config, files, recovered.replayed(), nanos.getAsLong());
        long probe = limits.probeEvery().toNanos();
        this.writer = new Writer(inbox, commit, store, schedule, space, config.events(), nanos, probe, this::letGo);
        this.check = new BackgroundCheck(segments, recovered.checked(), limits.checkBytesPerSecond(), alarm);
        this.thread = thread(writer, "penstock-journal");
    }

    static Opened of(JournalConfig config, List<Fold> folds, Disk disk) throws IOException {
        DirectoryLock lock = DirectoryLock.take(config.directory());
        ExecutorService files = Executors.newSingleThreadExecutor(task -> thread(task, "penstock-journal-files"));
        try {
            Opened opened = new Opened(config, folds, disk, lock, files);
            opened.start();
            return opened;
        } catch (IOException | RuntimeException failure) {
            files.shutdown();
            lock.close();
            throw failure;
        }
    }

    private void start() {
        thread.start();
        if (config.limits().checkBytesPerSecond() > 0 && recovered.checked().segment() > 0) {
            thread(check, "penstock-journal-check").start();
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Records of what recovery did. They close something, in a way: a full disk does not refuse them. */
    List<Entry> notes() {
        List<Entry> notes = new ArrayList<>();
        if (recovered.torn() > 0 && !recovered.fresh()) {
            ObjectNode note = note("journal.truncated");
            note.put("segment", Segments.name(recovered.end().segment()));
            note.put("offset", recovered.end().offset());
            note.put("bytes", recovered.torn());
            notes.add(new Entry(note, Room.closing(0)));
        }
        for (Damage damage : recovered.damage()) {
            ObjectNode note = note("journal.corruption_accepted");
            note.put("segment", damage.segment());
            note.put("offset", damage.offset());
            note.put("expected", damage.seq());
            note.put("found", damage.what());
            notes.add(new Entry(note, Room.closing(0)));
        }
        return notes;
    }

    private ObjectNode note(String type) {
        ObjectNode note = Json.object();
        note.put("type", type);
        note.put("time", config.clock().instant().toString());
        return note;
    }

    /** The writer's last act. */
    private void letGo() {
        check.stop();
        files.shutdown();
        try {
            files.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            store.close();
            lock.close();
        } catch (IOException | InterruptedException failure) {
            alarm.failed("closing", failure);
        }
    }

    void close() {
        writer.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Duration recoveryTook() {
        return recoveryTook;
    }

    Segments segments() {
        return segments;
    }

    Disk disk() {
        return disk;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Alarm alarm() {
        return alarm;
    }

    Space space() {
        return space;
    }

    Inbox inbox() {
        return inbox;
    }

    Store store() {
        return store;
    }

    Commit commit() {
        return commit;
    }

    Writer writer() {
        return writer;
    }
}
