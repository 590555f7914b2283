package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests for {@link CheckpointAge}. */
class CheckpointAgeTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final SigningKey key = SigningKey.of("penstock/test-1", SigningKey.draw());

    private static CheckpointAge of(long records) {
        return new CheckpointAge(() -> records, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Optional<Note> covering(long records) {
        String root = "A".repeat(43) + "=";
        return Optional.of(
                key.sign(new Checkpoint("penstock/test-1", records, root, Optional.of(NOW.minusSeconds(40)))));
    }

    @Test
    void oneThatCoversAllRecordsIsNeverOld() {
        assertThat(of(10).seconds(covering(10))).isZero();
    }

    @Test
    void oneThatDoesNotIsAsOldAsItIs() {
        assertThat(of(11).seconds(covering(10))).isEqualTo(40);
    }

    @Test
    void withoutRecordsNoneIsWanted() {
        assertThat(of(0).seconds(Optional.empty())).isZero();
    }
}
