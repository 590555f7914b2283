package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;

/** Whoever guesses the administrators' token. */
class AdminGuessTests {

    private static final String FIRST = "the-first-token-of-this-test";

    @Test
    void anAddressThatGuessesHasToWait() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway =
                        RunningGateway.with(Wires.oneProvider(upstream, ""), "--PENSTOCK_ADMIN_TOKEN=" + FIRST)) {
            AdminClient right = new AdminClient(gateway, FIRST);
            assertThat(right.get("/admin/config").status()).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                assertThat(new AdminClient(gateway, "guess-" + i)
                                .get("/admin/config")
                                .status())
                        .isEqualTo(401);
            }
            AdminClient.Told told = right.get("/admin/config");
            assertThat(told.status()).isEqualTo(429);
            assertThat(Integer.parseInt(told.retryAfter())).isBetween(1, 60);
            assertThat(told.text("code")).isEqualTo("rate_exceeded");
            Records records =
                    Records.in(gateway.data(), found -> !found.of("security").isEmpty());
            assertThat(records.all().toString()).doesNotContain("guess-");
        }
    }
}
