package dev.penstock.surface;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests for {@link Heartbeat}, on a virtual clock. */
class HeartbeatTests {

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final TestPublisher<String> events = TestPublisher.create();
    private final Flux<String> stream =
            new Heartbeat(scheduler, Duration.ofSeconds(15)).into(events.flux(), () -> "beat");

    @Test
    void silenceIsFilledAndEventsAreNot() {
        StepVerifier.create(stream)
                .then(() -> events.next("a"))
                .expectNext("a")
                .then(() -> pass(11))
                .then(() -> pass(4))
                .expectNext("beat")
                .then(() -> pass(15))
                .expectNext("beat")
                .then(() -> pass(2))
                .then(() -> events.next("b"))
                .expectNext("b")
                .then(() -> pass(11))
                .then(() -> events.next("c"))
                .expectNext("c")
                .then(() -> pass(11))
                .then(events::complete)
                .verifyComplete();
    }

    @Test
    void noSilenceIsLongerThanThePeriod() {
        StepVerifier.create(stream)
                .then(() -> pass(1))
                .then(() -> events.next("just after a part began"))
                .expectNextCount(1)
                .then(() -> pass(15))
                .expectNext("beat")
                .thenCancel()
                .verify();
    }

    @Test
    void itEndsWithTheStreamAndNotABeatLater() {
        StepVerifier.create(stream)
                .then(() -> events.error(new IllegalStateException("x")))
                .verifyError();
    }

    private void pass(long seconds) {
        scheduler.advanceTimeBy(Duration.ofSeconds(seconds));
    }
}
