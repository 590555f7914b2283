package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Attempt.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests for {@link Deadline}, on a virtual clock. */
class DeadlineTests {

    private static final ProviderConfig.TimeoutConfig LIMITS = new ProviderConfig.TimeoutConfig(
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(60));

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Time time =
            new Time(scheduler, scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS), Clock.systemUTC());
    private final List<Reason> fired = new ArrayList<>();
    private final Deadline deadline = Deadline.start(time, LIMITS, LIMITS.total());

    DeadlineTests() {
        deadline.watch(why -> fired.add(why.reason()));
    }

    @Test
    void withoutAFirstByteItFires() {
        pass(9.9);
        assertThat(fired).isEmpty();
        pass(0.2);
        assertThat(fired).containsExactly(Reason.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void silenceAfterLifeIsMeasuredFromTheLastSign() {
        pass(5);
        deadline.life();
        pass(2.9);
        deadline.life();
        pass(2.9);
        assertThat(fired).isEmpty();
        pass(0.2);
        assertThat(fired).containsExactly(Reason.IDLE_TIMEOUT);
    }

    @Test
    void lifeDoesNotMoveTheTotal() {
        for (int i = 0; i < 70; i++) {
            deadline.life();
            pass(1);
        }
        assertThat(fired).containsExactly(Reason.TOTAL_TIMEOUT);
    }

    @Test
    void theSilenceOfACallerWhoTakesNothingIsNotTheProviders() {
        deadline.life();
        deadline.callerPauses();
        pass(2.9);
        assertThat(fired).isEmpty();
        pass(0.2);
        assertThat(fired).containsExactly(Reason.CALLER_STALLED);
    }

    @Test
    void aCallerWhoGoesOnGivesTheProviderItsTimeAnew() {
        deadline.life();
        pass(2);
        deadline.callerPauses();
        pass(2);
        deadline.life();
        pass(2.9);
        assertThat(fired).isEmpty();
        pass(0.2);
        assertThat(fired).containsExactly(Reason.IDLE_TIMEOUT);
    }

    @Test
    void whoeverWatchesLaterIsToldAtOnceOfWhatPassed() {
        pass(11);
        fired.clear();
        deadline.watch(why -> fired.add(why.reason()));
        assertThat(fired).containsExactly(Reason.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void aStoppedOneNeverFires() {
        deadline.stop();
        pass(100);
        assertThat(fired).isEmpty();
    }

    private void pass(double seconds) {
        scheduler.advanceTimeBy(Duration.ofMillis((long) (seconds * 1000)));
    }
}
