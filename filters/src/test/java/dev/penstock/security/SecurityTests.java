package dev.penstock.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvent.Kind;
import dev.penstock.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of security events is told, and when. */
class SecurityTests {

    private final VirtualClock clock = new VirtualClock("2026-01-01T00:00:00Z");
    private final List<SecurityEvent> told = new ArrayList<>();

    private static SecurityEvent event(Kind kind, String subject) {
        return new SecurityEvent(kind, subject, Map.of());
    }

    @Test
    void theSameIsToldOnceInTenSecondsAndTheNextSaysHowOften() {
        Repeats repeats = new Repeats(clock);
        assertThat(repeats.before(event(Kind.REVOKED_KEY_USED, "a"))).isZero();
        assertThat(repeats.before(event(Kind.REVOKED_KEY_USED, "a"))).isEqualTo(-1);
        assertThat(repeats.before(event(Kind.REVOKED_KEY_USED, "b"))).isZero();
        assertThat(repeats.before(event(Kind.KEY_EXPOSED, "a"))).isZero();
        clock.forward(Duration.ofSeconds(9));
        assertThat(repeats.before(event(Kind.REVOKED_KEY_USED, "a"))).isEqualTo(-1);
        clock.forward(Duration.ofSeconds(1));
        assertThat(repeats.before(event(Kind.REVOKED_KEY_USED, "a"))).isEqualTo(2);
    }

    @Test
    void missingRecordsAreToldOnceAndNotAgainAtAStart() {
        Gaps gaps = new Gaps(() -> told::add);
        gaps.apply(1, Json.object().put("type", "gap").put("missing", 3));
        gaps.apply(2, Json.object().put("type", "boot"));
        gaps.apply(
                3,
                Json.object().put("chain", "c").put("seq", 3).put("type", "gap").put("missing", 3));
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.AUDIT_GAP);
            assertThat(event.details()).containsEntry("missing", "3");
        });
    }
}
