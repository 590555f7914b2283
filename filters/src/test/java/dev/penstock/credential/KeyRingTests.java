package dev.penstock.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests for {@link KeyRing}. */
class KeyRingTests {

    private static final Credential ONE = new Credential("one", "s1");
    private static final Credential TWO = new Credential("two", "s2");

    private final AtomicLong now = new AtomicLong();
    private final KeyRing ring = new KeyRing(List.of(ONE, TWO), now::get);

    @Test
    void keysAreTakenInTurn() {
        assertThat(List.of(ring.next().get(), ring.next().get(), ring.next().get()))
                .containsExactly(ONE, TWO, ONE);
    }

    @Test
    void aRestingKeyIsPassedOverUntilItsTimeIsOver() {
        ring.rest(ONE, KeyRing.Rest.RATE, Duration.ofSeconds(5));
        assertThat(List.of(ring.next().get(), ring.next().get())).containsOnly(TWO);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(List.of(ring.next().get(), ring.next().get())).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void whenAllRestTheSoonestIsToldAndWhy() {
        ring.rest(ONE, KeyRing.Rest.RATE, Duration.ofSeconds(5));
        ring.rest(TWO, KeyRing.Rest.RATE, Duration.ofSeconds(9));
        assertThat(ring.next()).isEmpty();
        assertThat(ring.soonest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ring.throttled()).isTrue();
        ring.rest(TWO, KeyRing.Rest.REFUSED, Duration.ofSeconds(60));
        assertThat(ring.throttled()).isFalse();
    }

    @Test
    void aShorterRestDoesNotEndALongerOne() {
        ring.rest(ONE, KeyRing.Rest.REFUSED, Duration.ofSeconds(60));
        ring.rest(ONE, KeyRing.Rest.RATE, Duration.ofSeconds(1));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(List.of(ring.next().get(), ring.next().get())).containsOnly(TWO);
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(ONE.toString()).doesNotContain("s1");
    }
}
