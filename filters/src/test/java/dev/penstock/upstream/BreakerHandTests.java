package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.DataDirectory;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.register.Register;
import dev.penstock.store.register.Registers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link BreakerHand} on Redis; what holds beside what others tell is in {@code HearsayTests}. */
class BreakerHandTests {

    @TempDir
    private Path folder;

    /** Who held it may have let go since; nobody can tell this instance to let go, either. */
    @Test
    void aBreakerThatWasHeldBeforeTheStartIsHeldOnceRedisSaysSo() {
        Path data = new DataDirectory(folder.resolve("data")).path();
        RealRedis redis = RealRedis.shared();
        try (KeyRoom room = new KeyRoom(folder.resolve("room"));
                RedisConnection connection = redis.connection()) {
            Provider provider = room.serveKey("main", "upk-1");
            Registers before = Registers.of(connection, data);
            new BreakerHand(before.named("hands"))
                    .hold("first", BreakerHand.Mode.OPEN)
                    .join();
            before.close();
            redis.freeze();
            try (Registers after = Registers.of(connection, data)) {
                Register register = after.named("hands");
                BreakerHand hand = new BreakerHand(register);
                hand.serve(Map.of("first", provider));
                State unread = provider.breaker().getState();
                redis.thaw();
                assertThat(unread).isEqualTo(State.CLOSED);
                register.refresh().join();
                assertThat(provider.breaker().getState()).isEqualTo(State.FORCED_OPEN);
            } finally {
                redis.thaw();
            }
        }
    }
}
