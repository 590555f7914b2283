package dev.penstock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.journal.Position;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests for {@link AuditLog}. */
class AuditLogTests {

    private final Shelf shelf = new Shelf();
    private final AuditLog log = new AuditLog(shelf, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void whoeverStopsWaitingTakesNoRecordBack() {
        shelf.slow();
        CompletableFuture<Position> written = log.event("admin", Json.object());
        written.cancel(true);
        assertThat(log.missing()).as("told as missing").isZero();
        shelf.force();
        log.event("admin", Json.object());
        assertThat(shelf.types()).containsExactly("admin", "admin");
    }

    @Test
    void whatCouldNotBeWrittenIsToldAsAGap() {
        shelf.broken(true);
        assertThat(log.event("admin", Json.object())).isCompletedExceptionally();
        assertThat(log.missing()).isEqualTo(1);
        shelf.broken(false);
        log.event("admin", Json.object());
        assertThat(shelf.types()).containsExactly("admin", "gap");
        assertThat(shelf.only("gap").path("missing").asInt()).isEqualTo(1);
    }
}
