package dev.penstock.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Generated;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests for the catalogue of {@link Metric}, {@link Label} and {@link SpanField}. */
class CatalogueTests {

    private static final String METERS = """
            # What Penstock tells

            Meters, labels and span attributes, all of them public. This page is made from `telemetry/Metric.java`,
            `telemetry/Label.java` and `telemetry/SpanField.java`.

            ## Meters

            Names as in Micrometer and OTLP; Prometheus writes `_` for `.` and adds `_seconds` to timers and `_total` to counters.
            Timers are in seconds. Every meter also has the common label `environment`.

            | meter | kind | labels | meaning |
            |---|---|---|---|
            """;

    private static final String LABELS = """

            ## Labels

            | label | values |
            |---|---|
            """;

    private static final String SPANS = """

            ## Spans

            One server span a request, named by method and path pattern; it goes on with the caller's trace where `traceparent` says
            so. One client span an attempt, its child, named `chat MODEL`; an attempt that did not leave (breaker open, no key,
            busy) has one too. Neither holds prompt text, answer text or keys. What a caller wrote is cut to 200 characters.

            | attribute | span | meaning |
            |---|---|---|
            """;

    @Test
    void theDocumentIsUpToDate() {
        Generated.check(
                "observability/CATALOG.md",
                METERS
                        + rows(Stream.of(Metric.values()).map(CatalogueTests::row))
                        + LABELS
                        + rows(Stream.of(Label.values()).map(CatalogueTests::row))
                        + SPANS
                        + rows(Stream.of(SpanField.values()).map(CatalogueTests::row)));
    }

    @Test
    void bucketsRise() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.buckets()).as(metric.meter()).isSorted().doesNotHaveDuplicates();
        }
    }

    private static String rows(Stream<String> rows) {
        return rows.collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(it -> "`" + it.key() + "`").collect(Collectors.joining(" "));
        String kind = metric.kind().name().toLowerCase(Locale.ROOT);
        return "| `" + metric.meter() + "` | " + kind + " | " + labels + " | " + metric.meaning() + " |";
    }

    private static String row(Label label) {
        return "| `" + label.key() + "` | " + label.closedList() + " |";
    }

    private static String row(SpanField field) {
        return "| `" + field.key() + "` | " + field.where() + " | " + field.meaning() + " |";
    }
}
