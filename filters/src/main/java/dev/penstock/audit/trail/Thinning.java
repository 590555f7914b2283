package dev.penstock.audit.trail;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps the file of checkpoints small: of those older than a week, one in ten minutes stays. Any that was taken away still proves. */
record Thinning(CheckpointFile file) {

    private static final Duration YOUNG = Duration.ofDays(7);
    private static final Duration APART = Duration.ofMinutes(10);

    void run(Instant now) throws IOException {
        Spacing looking = new Spacing(now.minus(YOUNG));
        if (!file.all().stream().allMatch(looking::keeps)) {
            file.retain(new Spacing(now.minus(YOUNG))::keeps);
        }
    }

    /** Asked for one after the other. */
    private static final class Spacing {

        private final Instant young;
        private Instant last = Instant.MIN;

        private Spacing(Instant young) {
            this.young = young;
        }

        private boolean keeps(Note note) {
            Optional<Instant> time = note.checkpoint().flatMap(Checkpoint::time);
            if (time.isEmpty() || !time.get().isBefore(young)) {
                return true;
            }
            if (last != Instant.MIN && time.get().isBefore(last.plus(APART))) {
                return false;
            }
            last = time.get();
            return true;
        }
    }
}
