package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.Entry;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Segments;
import dev.penstock.testing.Full;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery reads what is behind the last snapshot, however much is before it. */
class LargeRecoveryTests {

    private static final long MEGABYTES = Long.getLong("penstock.full.segments", 48);
    private static final int SNAPSHOT = MEGABYTES > 1000 ? 10_000 : 1_000;
    private static final int WAITING = 500;

    @TempDir
    Path temp;

    @Test
    @Full(line = "4.2", count = "penstock.full.segments")
    void onlyWhatIsBehindTheLastSnapshotIsTold() throws IOException {
        int segment = MEGABYTES > 1000 ? 64 << 20 : 4 << 20;
        Rig killed;
        long written = 0;
        try (Rig rig = new Rig(temp.resolve("journal"))
                .limits(segment, 64 << 20, SNAPSHOT)
                .open()) {
            CompletableFuture<Position> last = CompletableFuture.completedFuture(null);
            while ((long) rig.journal.segments().firsts().size() * segment < MEGABYTES << 20) {
                for (int record = 0; record < WAITING; record++) {
                    last = rig.journal.append(Entry.plain(Rig.record((int) written++, 3_000)));
                }
                Rig.durable(last);
            }
            killed = rig.copy(temp.resolve("killed"));
        }
        killed.limits(segment, 64 << 20, SNAPSHOT).open();
        System.out.println("LargeRecoveryTests: "
                + Segments.in(killed.directory).firsts().size() + " segments of "
                + (segment >> 20) + " MB, " + written + " records: recovered in "
                + killed.journal.view().recoveryTook().toMillis() + " ms, " + killed.tally.told() + " records told");
        assertThat(killed.tally.last()).isEqualTo(written);
        assertThat(killed.tally.told()).isLessThanOrEqualTo(2 * SNAPSHOT + 2 * WAITING);
        killed.close();
    }
}
