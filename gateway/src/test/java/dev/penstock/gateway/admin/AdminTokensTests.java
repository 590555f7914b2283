package dev.penstock.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.journal.DataDirectory;
import dev.penstock.keys.KeyForm;
import dev.penstock.keys.Pepper;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.register.Registers;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** Tests for {@link AdminTokens} on Redis; what holds for roles is in {@code AdminRolesTests}. */
class AdminTokensTests {

    private static final String FIRST = "the-first-token-of-this-test";

    @TempDir
    private Path folder;

    private AdminTokens tokens(Registers registers, DataDirectory data) {
        MockEnvironment environment = new MockEnvironment().withProperty("PENSTOCK_ADMIN_TOKEN", FIRST);
        return new AdminTokens(
                AdminToken.of(environment, data), registers.named("tokens"), Pepper.none(), Clock.systemUTC());
    }

    /** The instance knows the token from before it was stopped; whether it was deleted since then nobody can say. */
    @Test
    void anInstanceThatStartsWithoutRedisLetsInTheFirstTokenOnly() {
        DataDirectory data = new DataDirectory(folder.resolve("one"));
        DataDirectory others = new DataDirectory(folder.resolve("other"));
        RealRedis redis = new RealRedis("save \"\"");
        redis.start();
        try (RedisConnection connection = redis.connection()) {
            String id = KeyForm.ADMIN.id();
            Registers one = Registers.of(connection, data.path());
            String token = Json.string(
                    tokens(one, data).issue(id, "ops", AdminRole.ADMIN).join(), "token");
            one.close();
            try (Registers other = Registers.of(connection, others.path())) {
                tokens(other, others).delete(id).join();
            }
            redis.kill();
            try (Registers again = Registers.of(connection, data.path())) {
                AdminTokens started = tokens(again, data);
                assertThat(again.named("tokens").all()).containsKey(id);
                assertThatThrownBy(() -> started.of(token).block())
                        .isInstanceOfSatisfying(
                                GatewayException.class,
                                it -> assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED));
                assertThat(started.of(FIRST).block().role()).isEqualTo(AdminRole.ADMIN);
            }
        }
    }
}
