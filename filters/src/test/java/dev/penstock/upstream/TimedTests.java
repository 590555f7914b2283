package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Attempt.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests for {@link Timed}. */
class TimedTests {

    private static final ProviderConfig.TimeoutConfig LIMITS = new ProviderConfig.TimeoutConfig(
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(60));

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Time time =
            new Time(scheduler, scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS), Clock.systemUTC());
    private final Deadline deadline = Deadline.start(time, LIMITS, LIMITS.total());
    private final List<String> heard = new ArrayList<>();
    private final TestPublisher<ByteBuf> body = TestPublisher.create();
    private Runnable meanwhile = () -> {};

    private final Timed timed = new Timed(deadline) {

        @Override
        void came(ByteBuf bytes) {
            heard.add("begins");
            meanwhile.run();
            heard.add("ends");
        }

        @Override
        void ended() {
            heard.add("over");
        }

        @Override
        void broke(Throwable failure) {
            heard.add(failure instanceof Expired late ? late.reason().wire() : "broke");
        }
    };

    TimedTests() {
        deadline.watch(timed);
        body.subscribe(timed);
    }

    @Test
    void whatJustCameIsLookedAtToItsEndBeforeTheTimeIsOver() {
        meanwhile = () -> timed.passed(new Expired(Reason.TOTAL_TIMEOUT));
        body.next(Unpooled.EMPTY_BUFFER);
        assertThat(heard).containsExactly("begins", "ends", "total_timeout");
    }

    @Test
    void nothingIsLookedAtWhenTheTimeIsOver() {
        scheduler.advanceTimeBy(Duration.ofSeconds(11));
        body.next(Unpooled.EMPTY_BUFFER);
        body.complete();
        assertThat(heard).containsExactly("first_byte_timeout");
    }

    @Test
    void whatComesIsASignOfLife() {
        scheduler.advanceTimeBy(Duration.ofSeconds(9));
        body.next(Unpooled.EMPTY_BUFFER);
        scheduler.advanceTimeBy(Duration.ofMillis(2900));
        body.next(Unpooled.EMPTY_BUFFER);
        body.complete();
        assertThat(heard).containsExactly("begins", "ends", "begins", "ends", "over");
    }

    @Test
    void aFailureOfTheNetworkIsTold() {
        body.error(new IOException("reset"));
        assertThat(heard).containsExactly("broke");
    }
}
