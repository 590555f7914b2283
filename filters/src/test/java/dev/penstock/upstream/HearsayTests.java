package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.store.Bulletin;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.register.Registers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Hearsay} beside {@link BreakerHand}; what two gateways tell each other is tested with these. */
class HearsayTests {

    private static final String OPENED = "open|first|other";

    @TempDir
    private Path folder;

    private KeyRoom room;
    private Registers registers;
    private RedisConnection redis;
    private Bulletin bulletin;

    @BeforeEach
    void open() {
        room = new KeyRoom(folder.resolve("room"));
        registers = Registers.in(folder);
        redis = RealRedis.shared().connection();
        bulletin = new Bulletin(redis, "this", () -> "same");
    }

    @AfterEach
    void close() {
        bulletin.close();
        redis.close();
        registers.close();
        room.close();
    }

    @ParameterizedTest
    @CsvSource({"OPEN, FORCED_OPEN", "CLOSE, DISABLED"})
    void whatIsHeardMovesNoBreakerThatIsHeldByHand(BreakerHand.Mode mode, State held) {
        Provider provider = room.serveKey("main", "upk-1");
        BreakerHand hand = new BreakerHand(registers.named("hands"));
        hand.serve(Map.of("first", provider));
        hand.hold("first", mode).join();
        new Hearsay(bulletin, room.time).follow(provider);
        AtomicInteger heard = new AtomicInteger();
        // behind the reader of the hearsay, so that each count is of news that it had
        bulletin.read(news -> heard.addAndGet(news.notices().containsKey(OPENED) ? 1 : 0));
        bulletin.post(OPENED, Duration.ofMinutes(1), "");
        await(() -> heard.get() > 1);
        assertThat(provider.breaker().getState()).isEqualTo(held);
        hand.hold("first", BreakerHand.Mode.AUTO).join();
        await(() -> provider.breaker().getState() == State.OPEN);
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
