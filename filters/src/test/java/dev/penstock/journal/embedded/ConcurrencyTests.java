package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.Entry;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTests {

    private static final int PRODUCERS = 64;
    private static final int EACH = 100;

    @TempDir
    Path temp;

    @Test
    void manyProducersMakeOneChainWithoutGaps() throws Exception {
        try (Rig rig =
                new Rig(temp.resolve("journal")).limits(1 << 20, 8 << 20, 500).open()) {
            List<CompletableFuture<Position>> futures = produce(rig, new AtomicBoolean());
            assertThat(futures.stream().map(Rig::durable).map(Position::seq).sorted())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, PRODUCERS * EACH)
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThat(rig.tally.told()).isEqualTo(PRODUCERS * EACH);
            assertThat(rig.journal.view().records()).isEqualTo(PRODUCERS * EACH);
        }
        Verification.Result result = Verification.of(Segments.in(temp.resolve("journal")), (records, bytes) -> true);
        assertThat(result.sound()).as(result.toString()).isTrue();
        assertThat(result.records()).isEqualTo(PRODUCERS * EACH);
    }

    @Test
    void aReaderBesideTheWriterSeesDurableRecordsInOrder() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Rig rig =
                new Rig(temp.resolve("journal")).limits(1 << 18, 8 << 20, 500).open()) {
            CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> follow(rig, over));
            produce(rig, new AtomicBoolean()).forEach(Rig::durable);
            over.set(true);
            assertThat(read.join()).isEqualTo(PRODUCERS * EACH);
            assertThat(rig.damage).isEmpty();
        }
    }

    /** Begins anew from a place again and again, as a shipper does. */
    private static long follow(Rig rig, AtomicBoolean over) {
        Place place = Place.START;
        long seq = 0;
        boolean last = false;
        while (!last) {
            last = over.get();
            try (SegmentReader reader = rig.journal.segments().read(place, rig.damage::add)) {
                for (Optional<Stored> next = reader.next(); next.isPresent(); next = reader.next()) {
                    assertThat(next.get().seq()).isEqualTo(++seq);
                    place = next.get().next();
                }
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
        return seq;
    }

    /** What a kill leaves are the files as they are at some moment; whoever was promised a record must find it. */
    @Test
    void afterAKillTheStateIsThatOfTheRecords() throws Exception {
        long seed = System.nanoTime();
        System.out.println("afterAKill seed " + seed);
        Random random = new Random(seed);
        AtomicBoolean stop = new AtomicBoolean();
        Rig rig = new Rig(temp.resolve("journal")).limits(1 << 18, 8 << 20, 300).open();
        CompletableFuture<List<CompletableFuture<Position>>> producing =
                CompletableFuture.supplyAsync(() -> produce(rig, stop));
        for (int kill = 0; kill < 20; kill++) {
            long target = rig.tally.last() + random.nextInt(200);
            Rig.until(() -> rig.tally.last() >= target || producing.isDone());
            long promised = rig.tally.last();
            Rig copy = rig.copy(temp.resolve("kill" + kill));
            copy.open();
            copy.close();
            assertThat(copy.tally.last()).as("kill %d", kill).isGreaterThanOrEqualTo(promised);
            assertThat(copy.tally.sums()).isEqualTo(sums(copy));
            assertThat(copy.damage).isEmpty();
        }
        stop.set(true);
        producing.join().forEach(Rig::durable);
        rig.close();
    }

    private static Map<String, Long> sums(Rig rig) {
        Map<String, Long> sums = new TreeMap<>();
        rig.records().stream()
                .map(Stored::record)
                .filter(record -> record.has("key"))
                .forEach(record -> sums.merge(
                        record.path("key").stringValue(), record.path("amount").longValue(), Long::sum));
        return sums;
    }

    private static List<CompletableFuture<Position>> produce(Rig rig, AtomicBoolean stop) {
        List<List<CompletableFuture<Position>>> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            List<CompletableFuture<Position>> own = new ArrayList<>();
            all.add(own);
            threads.add(new Thread(() -> {
                for (int i = 0; i < EACH && !stop.get(); i++) {
                    CompletableFuture<Position> future = rig.journal.append(Entry.plain(Rig.record(i, i * 7 % 900)));
                    own.add(future);
                    if (i % 5 == 0) {
                        Rig.durable(future);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        return all.stream().flatMap(List::stream).toList();
    }
}
