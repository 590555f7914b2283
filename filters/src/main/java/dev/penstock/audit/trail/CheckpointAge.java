package dev.penstock.audit.trail;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How old the last checkpoint is that came somewhere, while there are records that it does not cover. */
final class CheckpointAge {

    private final LongSupplier records;
    private final Clock clock;
    private final Instant begin;

    CheckpointAge(LongSupplier records, Clock clock) {
        this.records = records;
        this.clock = clock;
        this.begin = clock.instant();
    }

    void register(String sink, Supplier<Number> seconds, MeterRegistry registry) {
        Gauge.builder("penstock.checkpoint.age", seconds)
                .tag("sink", sink)
                .baseUnit("seconds")
                .description(
                        "Age of the last checkpoint that came there, while there are records that it does not cover.")
                .register(registry);
    }

    /** Without one, since the start. */
    double seconds(Optional<Note> last) {
        Optional<Checkpoint> checkpoint = last.flatMap(Note::checkpoint);
        if (records.getAsLong() <= checkpoint.map(Checkpoint::size).orElse(0L)) {
            return 0;
        }
        Instant since = checkpoint.flatMap(Checkpoint::time).orElse(begin);
        return Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1000.0;
    }
}
