package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.journal.segment.Segments;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Folders;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Every request ends in one record with the right word, and every intent is named once. */
@ExtendWith(OutputCaptureExtension.class)
class AuditTests {

    private static final String CANARY = "canary-prompt-5521";
    private static final String SPOKEN = "Hello, this is what the model said";
    private static final int REQUESTS = Integer.getInteger("penstock.full.requests", 300);

    /** What a request is made to become. */
    private enum Fate {
        ANSWERED("ok"),
        STREAMED("ok"),
        FAILED_OVER("ok"),
        ALL_FAILED("upstream_unavailable"),
        REFUSED_BY_THE_PROVIDER("request_invalid"),
        CUT("upstream_unavailable"),
        LEFT("cancelled"),
        NOT_JSON("request_invalid"),
        NO_KEY("key_unknown"),
        NO_MODEL("model_unknown"),
        NO_ROUTE("route_unknown");

        private final String word;

        Fate(String word) {
            this.word = word;
        }
    }

    private static final String SMALL = "--penstock.journal.segment=256KB";

    @Test
    @Full(line = "4.4", count = "penstock.full.requests")
    void everyRequestEndsInOneRecord() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("AuditTests: fates are drawn by seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> expected = new HashMap<>();
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(AuditTests::first);
                ScriptedUpstream second = ScriptedUpstream.start().answering(AuditTests::second);
                RunningGateway gateway = RunningGateway.with(patient(Wires.twoProviders(first, second)))) {
            ExecutorService callers = Executors.newFixedThreadPool(16);
            for (int i = 0; i < REQUESTS; i++) {
                Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
                expected.merge(fate.word, 1, Integer::sum);
                callers.execute(() -> meet(fate, gateway));
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            Records records = Records.in(gateway.data(), found -> found.ended() >= REQUESTS);
            assertThat(records.words()).isEqualTo(expected);
            assertThat(records.ended()).isEqualTo(REQUESTS);
            assertThat(records.named()).containsExactlyInAnyOrderElementsOf(records.intents());
            int seen = first.ledger().exchanges().size()
                    + second.ledger().exchanges().size();
            assertThat(records.intents()).hasSizeGreaterThanOrEqualTo(seen);
            assertThat(records.all().toString()).doesNotContain(CANARY, RunningGateway.KEY, "upk-");
            assertThat(Records.sound(gateway.data())).isTrue();
        }
    }

    @Test
    void anAdministratorFindsACallByItsRequestIdAndByItsText(CapturedOutput output) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .answering(asked -> Script.json(Wires.ANSWER.replace("Hello", SPOKEN)));
                RunningGateway gateway =
                        RunningGateway.with(Wires.oneProvider(upstream, ""), "--PENSTOCK_ADMIN_TOKEN=open-sesame")) {
            Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
            headers.put("x-request-id", "mine-1");
            try (RawClient client = gateway.client().post("/v1/chat/completions", headers, Wires.ASK)) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            Records.in(gateway.data(), found -> found.ended() == 1);
            assertThat(ask(gateway, "/admin/audit/mine-1", "wrong")).isEqualTo("401 0");
            assertThat(ask(gateway, "/admin/audit/mine-1", "open-sesame")).isEqualTo("200 2");
            assertThat(ask(gateway, "/admin/audit?outcome=ok&service=test", "open-sesame"))
                    .isEqualTo("200 1");
            assertThat(ask(gateway, "/admin/audit?outcome=cancelled", "open-sesame"))
                    .isEqualTo("200 0");
            Records after = Records.in(gateway.data());
            assertThat(after.of("admin")).hasSize(4);
            assertThat(after.all().toString()).doesNotContain("open-sesame");
            anAuditorAsksWhetherATextWasSent(gateway);
            assertThat(output.getAll()).doesNotContain("Initech");
        }
    }

    /** Another call of the same gateway, so that there are two to choose from. */
    private static void anAuditorAsksWhetherATextWasSent(RunningGateway gateway) {
        String secret = "The merger with Initech closes in May. " + CANARY;
        finish(gateway.chat(Wires.ASK.replace("\"Hi\"", "\"" + secret + "\"")));
        Records.in(gateway.data(), found -> found.ended() == 2);
        Map<String, String> auditor = AdminClient.auditor(gateway, "open-sesame");
        JsonNode sent = asked(gateway, auditor, "?service=test&type=intent", "\n" + secret + "\n", 200);
        assertThat(sent.path("records")).hasSize(1);
        assertThat(sent.path("cursor").isNull()).isTrue();
        String hmac = Json.string(sent, "hmac");
        assertThat(sent.path("records").get(0).path("sent").path("texts").get(0).stringValue())
                .isEqualTo(hmac);
        assertThat(ask(gateway, "/admin/audit?text-hmac=" + hmac, "open-sesame"))
                .isEqualTo("200 1");
        assertThat(hmac(gateway, secret + "\n")).isEqualTo("0 " + hmac + "\n");
        assertThat(asked(gateway, auditor, "?type=outcome", SPOKEN, 200).path("records"))
                .hasSize(2);
        assertThat(asked(gateway, auditor, "", secret + "!", 200).path("records"))
                .isEmpty();
        assertThat(asked(gateway, auditor, "", "too short", 400).toString()).contains("at least 16 characters");
        assertThat(asked(gateway, auditor, "", "x".repeat(300_000), 413).toString())
                .contains("256 KB");
        assertThat(asked(gateway, Map.of("authorization", "Bearer open-sesame"), "", secret, 403)
                        .toString())
                .contains("role_missing");
        Records after = Records.in(gateway.data());
        assertThat(after.of("admin").stream()
                        .filter(record -> record.path("what").toString().contains("/admin/audit/text")))
                .hasSize(6);
        assertThat(after.all().toString()).doesNotContain(CANARY, "Initech", SPOKEN);
    }

    /** What the command prints, behind its exit code. */
    private static String hmac(RunningGateway gateway, String text) {
        InputStream before = System.in;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            String[] words = {"audit", "hmac", gateway.data().toString()};
            int code = Commands.run(words, new PrintStream(out, true, StandardCharsets.UTF_8));
            return code + " " + out.toString(StandardCharsets.UTF_8);
        } finally {
            System.setIn(before);
        }
    }

    private static JsonNode asked(
            RunningGateway gateway, Map<String, String> who, String query, String text, int status) {
        try (RawClient client = RawClient.to(gateway.admin("")).post("/admin/audit/text" + query, who, text)) {
            assertThat(client.answer().status()).isEqualTo(status);
            return Json.LENIENT_DEPTH.read(client.text());
        }
    }

    @Test
    void damageInAnOldSegmentIsFoundBesideTheWork(CapturedOutput output) throws IOException {
        Path folder = Folders.make("penstock-damage");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            Path routes = RunningGateway.write(folder, Wires.oneProvider(upstream, ""));
            Path old;
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SMALL)) {
                Segments segments = Segments.in(gateway.data().resolve("journal"));
                while (segments.firsts().size() < 3) {
                    try (RawClient client = gateway.chat(Wires.ASK)) {
                        assertThat(client.answer().status()).isEqualTo(200);
                        client.text();
                    }
                }
                assertThat(readiness(gateway)).isEqualTo("{\"status\":\"UP\"}");
                assertThat(damaged(gateway)).endsWith(" 0.0");
                old = segments.file(segments.firsts().get(0));
            }
            byte[] bytes = Files.readAllBytes(old);
            bytes[bytes.length / 4] ^= 1;
            Files.write(old, bytes);
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SMALL)) {
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (!readiness(gateway).contains("audit_damaged")) {
                    assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                assertThat(damaged(gateway)).endsWith(" 1.0");
                assertThat(output.getAll())
                        .contains("the journal is damaged")
                        .contains(old.getFileName().toString());
                try (RawClient client = gateway.chat(Wires.ASK)) {
                    assertThat(client.answer().status()).isEqualTo(200);
                }
            }
        }
    }

    /** The meter's line. */
    private static String damaged(RunningGateway gateway) {
        try (RawClient client = RawClient.to(gateway.admin("")).get("/actuator/prometheus", Map.of())) {
            assertThat(client.answer().status()).isEqualTo(200);
            return client.text()
                    .lines()
                    .filter(line -> line.startsWith("penstock_audit_damaged"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String readiness(RunningGateway gateway) {
        try (RawClient client = gateway.client().get("/health/readiness", Map.of())) {
            assertThat(client.answer().status()).isEqualTo(200);
            return client.text();
        }
    }

    private static String ask(RunningGateway gateway, String path, String token) {
        RawClient admin = RawClient.to(gateway.admin(""));
        try (RawClient client = admin.get(path, Map.of("authorization", "Bearer " + token))) {
            int status = client.answer().status();
            return status + " "
                    + Json.LENIENT_DEPTH.read(client.text()).path("records").size();
        }
    }

    private static String patient(String yaml) {
        return yaml.replace(
                "retry: { attempts: 0 }", "retry: { attempts: 0 }\n    breaker: { window: 10000, minimum: 10000 }");
    }

    private static Script first(Exchange asked) {
        String text = asked.text();
        if (text.contains("FAILED_OVER") || text.contains("ALL_FAILED")) {
            return Script.json(503, "{\"error\":{\"message\":\"busy\"}}");
        }
        if (text.contains("REFUSED_BY_THE_PROVIDER")) {
            return Script.json(400, "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}");
        }
        if (text.contains("LEFT")) {
            return Wires.begun().silence();
        }
        if (text.contains("CUT")) {
            return Wires.begun().flush().reset();
        }
        return text.contains("STREAMED") ? Wires.wholeStream() : Script.json(Wires.ANSWER);
    }

    private static Script second(Exchange asked) {
        return asked.text().contains("ALL_FAILED")
                ? Script.json(500, "{\"error\":{\"message\":\"broken\"}}")
                : Script.json(Wires.ANSWER);
    }

    private static void meet(Fate fate, RunningGateway gateway) {
        String body = (fate == Fate.STREAMED || fate == Fate.LEFT || fate == Fate.CUT ? Wires.ASK_STREAM : Wires.ASK)
                .replace("\"Hi\"", "\"" + fate + " " + CANARY + "\"");
        switch (fate) {
            case NO_KEY -> finish(gateway.client().post("/v1/chat/completions", Map.of("x-api-key", "psk_no"), body));
            case NOT_JSON -> finish(gateway.chat("{nonsense"));
            case NO_MODEL -> finish(gateway.chat(body.replace("default", "nobody")));
            case NO_ROUTE -> finish(gateway.client().get("/v1/nothing", RunningGateway.CALLER));
            case LEFT -> {
                RawClient client = gateway.chat(body);
                client.answer();
                client.event();
                client.reset();
            }
            default -> finish(gateway.chat(body));
        }
    }

    private static void finish(RawClient client) {
        try (client) {
            client.answer();
            client.text();
        }
    }
}
