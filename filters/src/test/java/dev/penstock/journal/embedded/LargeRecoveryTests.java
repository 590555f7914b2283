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

/** Recovery reads what is behind the last snapshot, however much is before it; killed when that is nearly as much as it can be. */
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
            while (!nextIsNear(written - snapshot(rig))) {
                rig.append(Rig.record((int) written++, 3_000));
            }
            killed = rig.copy(temp.resolve("killed"));
        }
        long known = snapshot(killed);
        killed.limits(segment, 64 << 20, SNAPSHOT).open();
        System.out.println("LargeRecoveryTests: "
                + Segments.in(killed.directory).firsts().size() + " segments of "
                + (segment >> 20) + " MB, " + written + " records: recovered in "
                + killed.journal.view().recoveryTook().toMillis() + " ms, " + killed.tally.told() + " records told");
        assertThat(killed.tally.last()).isEqualTo(written);
        assertThat(killed.tally.told())
                .as("records that recovery read")
                .isEqualTo(written - known)
                .isBetween(SNAPSHOT * 9L / 10, (long) SNAPSHOT);
        killed.close();
    }

    /** Nearly as many records are behind the newest snapshot as may be; with that many or more the next one is being written. */
    private static boolean nextIsNear(long behind) {
        return behind >= SNAPSHOT * 9 / 10 && behind < SNAPSHOT;
    }

    /** The last record that the newest snapshot stands for. */
    private static long snapshot(Rig rig) throws IOException {
        return new Snapshots(rig.directory, rig.disk)
                .load()
                .map(snapshot -> snapshot.chain().seq())
                .orElse(0L);
    }
}
