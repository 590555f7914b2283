package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.keys.Callers;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

/** A loopback-only key does not outlive the loopback address. */
class DemoKeyTests {

    private static final String REST = """
            services:
              demo: { keys: [ { id: demo, value: psk_demo, loopback-only: true } ] }
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, RenderPrompt, SelectUpstream, MeterUsage, CallUpstream ]
            """;

    @TempDir
    private Path folder;

    @Test
    void itServesOnLoopbackButNotThroughAProxy() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.ofFile(routes(upstream))) {
            upstream.enqueue(Script.json(Wires.ANSWER));
            assertThat(status(gateway, Map.of("x-api-key", "psk_demo"))).isEqualTo(200);
            assertThat(status(gateway, Map.of("x-api-key", "psk_demo", "x-forwarded-for", "127.0.0.1")))
                    .isEqualTo(401);
            assertThat(line(gateway)).doesNotContain("demo key off");
        }
    }

    @Test
    void itIsOffWhereOthersCanReachThePort() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.ofFile(routes(upstream), "--server.address=0.0.0.0")) {
            assertThat(status(gateway, Map.of("x-api-key", "psk_demo"))).isEqualTo(401);
            assertThat(line(gateway)).endsWith("demo key off");
        }
    }

    private Path routes(ScriptedUpstream upstream) throws IOException {
        return Files.writeString(folder.resolve("routes.yml"), Wires.oneProvider(upstream, "") + REST);
    }

    private static String line(RunningGateway gateway) {
        return StartLine.text(
                gateway.bean(Environment.class),
                new Instance("i-1"),
                gateway.bean(CurrentSettings.class).get(),
                gateway.bean(Callers.class),
                gateway.bean(OpeningJournal.class).view(),
                List.of());
    }

    private static int status(RunningGateway gateway, Map<String, String> headers) {
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, Wires.ASK)) {
            return client.answer().status();
        }
    }
}
