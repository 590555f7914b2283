package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.ship.AuditStore;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The records of a running gateway leave it, and calls do not notice when they cannot. */
class ShippingTests {

    @TempDir
    private Path folder;

    @Test
    void recordsOfCallsLeaveForEachSinkAndOneThatIsAwayDelaysNothingElse() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                AuditStore all = AuditStore.start();
                AuditStore siem = AuditStore.start()) {
            all.answering(seqs -> 503);
            Path routes = write(upstream, all, siem, "other");
            try (RunningGateway gateway = RunningGateway.ofFile(
                    routes,
                    "--penstock.shipper.every=20ms",
                    "--penstock.shipper.backoff=20ms",
                    "--penstock.shipper.max-backoff=100ms")) {
                MeterRegistry meters = gateway.bean(MeterRegistry.class);
                chat(gateway);
                all.await("a detail", () -> readiness(gateway).contains("\"audit_shipper_behind\""));
                assertThat(meters.get("penstock.shipper.backlog")
                                .tag("shipper", "all")
                                .gauge()
                                .value())
                        .isPositive();
                new AdminClient(gateway, "guess").get("/admin/config");
                siem.await("the event", () -> !siem.records().isEmpty());
                assertThat(siem.records())
                        .extracting(it -> Json.string(it, "event"))
                        .containsExactly("admin_denied");

                all.answering(seqs -> 200);
                chat(gateway);
                Records durable =
                        Records.in(gateway.data(), found -> found.of("outcome").size() == 2);
                all.await("all", () -> all.records().size() >= durable.all().size());
                List<ObjectNode> distinct = all.records().stream().distinct().toList();
                assertThat(distinct.subList(0, durable.all().size())).isEqualTo(durable.all());
                all.await("well", () -> readiness(gateway).equals("{\"status\":\"UP\"}"));

                write(upstream, all, siem, "siem");
                siem.await("the change", () -> siem.records().size() == 2);
                assertThat(Json.string(siem.records().get(1), "event")).isEqualTo("config_changed");
                siem.await(
                        "its meters",
                        () -> meters.find("penstock.shipper.age").gauges().stream()
                                .map(gauge -> gauge.getId().getTag("shipper"))
                                .toList()
                                .equals(List.of("siem")));
            }
        }
    }

    /** The shipper {@code all} is there while {@code also} is not {@code siem}. */
    private Path write(ScriptedUpstream upstream, AuditStore all, AuditStore siem, String also) throws IOException {
        String first = also.equals("siem")
                ? ""
                : "{ name: all, type: otlp, url: \"" + all.uri("/v1/logs") + "\", allow-private: true }, ";
        return RunningGateway.write(
                folder,
                "audit: { shippers: [ " + first + "{ name: siem, type: webhook, events: security, url: \""
                        + siem.uri("/events") + "\", allow-private: true } ] }\n" + Wires.oneProvider(upstream, ""));
    }

    private static void chat(RunningGateway gateway) {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    private static String readiness(RunningGateway gateway) {
        try (RawClient client = gateway.client()
                .raw("GET /health/readiness HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")) {
            client.answer();
            return client.text();
        }
    }
}
