package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalView;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many records of about 1 KiB become durable in a second while a number of callers wait for each of theirs, what the
 * writer's thread needs for one, and what the disk alone needs for a force. docs/performance.md says how to run it.
 */
public final class JournalBench {

    private static final int WARM_UP_SECONDS = 4;
    private static final int SECONDS = 6;

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "target"), "journal");
        try {
            System.out.printf(Locale.ROOT, "record: %d bytes of JSON%n", Json.LENIENT_DEPTH.write(record(1)).length);
            Force force = force(directory.resolve("disk"));
            System.out.printf(
                    Locale.ROOT,
                    "the disk's own force after 64 KiB: p50 %.2f ms, p99 %.2f ms%n%n",
                    force.p50Millis(),
                    force.p99Millis());
            System.out.println("| waiting callers | records/s | µs CPU of the writer a record | p50 / p99 ms |"
                    + " the journal's forces p50 / p99 ms |\n|---|---|---|---|---|");
            for (int callers : new int[] {1, 64, 256, 1_024}) {
                run(directory.resolve("callers-" + callers), callers);
            }
        } finally {
            delete(directory);
        }
    }

    /** What the disk itself needs for a force, in milliseconds. */
    public record Force(double p50Millis, double p99Millis) {}

    /** Measures only the disk, in a second or so. */
    public static Force force() throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "disk");
        try {
            return force(directory.resolve("disk"));
        } finally {
            delete(directory);
        }
    }

    private static Force force(Path file) throws Exception {
        List<Long> took = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(64 << 20), 0);
            channel.force(true);
            for (int i = 0; i < 1_000; i++) {
                channel.write(ByteBuffer.wrap(new byte[64 << 10]), (long) i * (64 << 10) % (64 << 20));
                long began = System.nanoTime();
                channel.force(false);
                took.add(System.nanoTime() - began);
            }
        }
        took.sort(null);
        return new Force(took.get(500) / 1e6, took.get(990) / 1e6);
    }

    private static void run(Path directory, int callers) throws Exception {
        JournalConfig config = JournalConfig.of(directory, "bench", Clock.systemUTC());
        try (EmbeddedJournal journal = EmbeddedJournal.open(config, List.of(new Tally()))) {
            Load load = new Load(journal);
            for (int i = 0; i < callers; i++) {
                load.next();
            }
            Thread.sleep(WARM_UP_SECONDS * 1_000L);
            long records = load.done.sum();
            long cpu = writersCpu();
            load.measuring = true;
            long began = System.nanoTime();
            Thread.sleep(SECONDS * 1_000L);
            double seconds = (System.nanoTime() - began) / 1e9;
            load.measuring = false;
            long measured = load.done.sum() - records;
            double cpuEach = (writersCpu() - cpu) / 1e3 / measured;
            load.over = true;
            JournalView.Fsync fsync = journal.view().fsync();
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %,.0f | %.1f | %.2f / %.2f | %.2f / %.2f |%n",
                    callers,
                    measured / seconds,
                    cpuEach,
                    load.percentile(50),
                    load.percentile(99),
                    fsync.p50Nanos() / 1e6,
                    fsync.p99Nanos() / 1e6);
        }
    }

    /** Of the writer's thread, which in this load also makes the next records. */
    private static long writersCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id) != null
                    && threads.getThreadInfo(id).getThreadName().equals("penstock-journal")) {
                return threads.getThreadCpuTime(id);
            }
        }
        throw new IllegalStateException("no writer");
    }

    private static ObjectNode record(long number) {
        ObjectNode record = Json.object();
        record.put("type", "intent");
        record.put("key", "k" + number % 100);
        record.put("amount", number);
        for (int i = 0; i < 22; i++) {
            record.put("member_" + i, i % 3 == 0 ? "a-value-of-some-letters-" + number : "another value");
        }
        ObjectNode attempt = record.putObject("attempt");
        attempt.put("provider", "openai");
        attempt.put("text", "x".repeat(150));
        return record;
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Callers that each wait for their record and then append the next one. */
    private static final class Load {

        private static final int MICROS = 1_000_000;

        private final EmbeddedJournal journal;
        private final LongAdder done = new LongAdder();
        private final AtomicLongArray micros = new AtomicLongArray(MICROS);
        private volatile boolean measuring;
        private volatile boolean over;

        private Load(EmbeddedJournal journal) {
            this.journal = journal;
        }

        private void next() {
            if (over) {
                return;
            }
            long began = System.nanoTime();
            journal.append(Entry.plain(record(began))).thenAccept(position -> {
                done.increment();
                if (measuring) {
                    micros.incrementAndGet((int) Math.min(MICROS - 1, (System.nanoTime() - began) / 1_000));
                }
                next();
            });
        }

        private double percentile(int percent) {
            long all = 0;
            for (int i = 0; i < MICROS; i++) {
                all += micros.get(i);
            }
            long seen = 0;
            for (int i = 0; i < MICROS; i++) {
                seen += micros.get(i);
                if (seen * 100 >= all * percent) {
                    return i / 1e3;
                }
            }
            return Double.NaN;
        }
    }
}
