package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.store.RealRedis;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every example of docs/examples starts, and does what it says. */
class ExamplesTests {

    @Test
    void theProxyPassesOn() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = example("openai-proxy", "--VLLM_ENDPOINT=" + upstream.uri("/v1"))) {
            RawClient client = gateway.client().post("/v1/chat/completions", bearer("psk_demo"), Wires.ASK);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.text()).isEqualTo(Wires.ANSWER);
            assertThat(upstream.ledger().only().header("authorization")).isNull();
        }
    }

    @Test
    void failoverServesEachServiceItsModels() {
        try (RunningGateway gateway = example("failover")) {
            String fast = Wires.ASK.replace("default", "fast");
            RawAnswer served = gateway.client()
                    .post("/v1/chat/completions", bearer("psk_web"), fast)
                    .answer();
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.header("x-served-by")).isEqualTo("penstock");
            RawClient refused = gateway.client().post("/v1/chat/completions", bearer("psk_batch"), fast);
            assertThat(refused.answer().status()).isEqualTo(403);
            assertThat(refused.text()).contains("model_forbidden");
        }
    }

    @Test
    void aFleetSharesWhatItsServiceMaySpend() {
        String[] fleet = {
            "--penstock.store=redis",
            "--spring.data.redis.port=" + RealRedis.shared().port(),
            "--FLEET_KEY=psk_fleet"
        };
        try (RunningGateway one = example("fleet", fleet);
                RunningGateway two = example("fleet", fleet)) {
            RawAnswer first = one.client()
                    .post("/v1/chat/completions", bearer("psk_fleet"), Wires.ASK)
                    .answer();
            RawAnswer second = two.client()
                    .post("/v1/chat/completions", bearer("psk_fleet"), Wires.ASK)
                    .answer();
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(200);
            assertThat(first.header("x-ratelimit-remaining-requests")).isEqualTo("599");
            assertThat(second.header("x-ratelimit-remaining-requests")).isIn("598", "599");
        }
    }

    private static Map<String, String> bearer(String key) {
        return Map.of("authorization", "Bearer " + key);
    }

    private static RunningGateway example(String name, String... arguments) {
        return RunningGateway.ofFile(RunningGateway.root().resolve("docs/examples/" + name + "/routes.yml"), arguments);
    }
}
