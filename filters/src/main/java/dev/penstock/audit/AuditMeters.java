package dev.penstock.audit;

import dev.penstock.journal.Journal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;

/** The meters {@code penstock.audit.…}, read from the journal when they are asked for. */
final class AuditMeters {

    private AuditMeters() {}

    static void register(Journal journal, AuditLog log, MeterRegistry registry) {
        FunctionCounter.builder(
                        "penstock.audit.records", journal, it -> it.view().records())
                .description("Records made durable since the start.")
                .register(registry);
        Gauge.builder("penstock.audit.backlog", journal, it -> it.view().backlogBytes())
                .baseUnit("bytes")
                .description("Records handed over and not yet durable.")
                .register(registry);
        Gauge.builder("penstock.audit.damaged", journal, it -> it.view().damaged() ? 1 : 0)
                .description("1 when records that were durable are not as they were written.")
                .register(registry);
        Gauge.builder("penstock.audit.missing", log, AuditLog::missing)
                .description("Records that could not be written and are not yet told as a gap.")
                .register(registry);
        TimeGauge.builder(
                        "penstock.audit.fsync",
                        journal,
                        TimeUnit.NANOSECONDS,
                        it -> it.view().fsync().p99Nanos())
                .description("The disk's own time for a durable write, 99th percentile of the last ones.")
                .register(registry);
    }
}
