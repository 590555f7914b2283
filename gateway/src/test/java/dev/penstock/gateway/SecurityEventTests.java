package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/** Security events: in the log, as a meter, as a record, and where alerts go. */
@ExtendWith(OutputCaptureExtension.class)
class SecurityEventTests {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void anEventIsTold(CapturedOutput output) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                ScriptedUpstream webhook = ScriptedUpstream.start().answering(asked -> Script.json("{}"))) {
            String providers = "alerts: { webhook: \"" + webhook.uri("/hook")
                    + "\", security: [ config-changed, authentication-burst ] }\n" + Wires.oneProvider(upstream, "");
            Path routes = RunningGateway.write(folder, providers);
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                new AdminClient(gateway, "guess").get("/admin/config");
                for (int i = 0; i < 40; i++) {
                    try (RawClient client = gateway.client().post("/v1/chat/completions", Map.of(), Wires.ASK)) {
                        assertThat(client.answer().status()).isEqualTo(401);
                    }
                }
                RunningGateway.write(folder, "# another\nstream: { heartbeat: 14s }\n" + providers);
                Records records =
                        Records.in(gateway.data(), found -> found.of("security").size() == 3);
                assertThat(records.of("security"))
                        .extracting(event -> Json.string(event, "event"))
                        .containsExactlyInAnyOrder("admin_denied", "authentication_burst", "config_changed");
                webhook.ledger().await(1, BOUND);
                List<ObjectNode> alerts = webhook.ledger().exchanges().stream()
                        .map(asked -> (ObjectNode) Json.LENIENT_DEPTH.read(asked.body()))
                        .toList();
                assertThat(alerts)
                        .extracting(alert -> Json.string(alert, "type") + " " + Json.string(alert, "event"))
                        .containsExactlyInAnyOrder("security authentication_burst", "security config_changed");
                assertThat(gateway.bean(MeterRegistry.class)
                                .counter("penstock.security.events", "event", "config_changed")
                                .count())
                        .isEqualTo(1);
                assertThat(output.getAll())
                        .contains("authentication_burst: 127.0.0.1")
                        .contains("config_changed: ")
                        .contains("admin_denied: 127.0.0.1")
                        .doesNotContain("guess");
                assertThat(Files.exists(routes)).isTrue();
            }
        }
    }
}
