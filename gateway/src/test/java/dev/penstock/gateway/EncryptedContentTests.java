package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.audit.content.ContentStore;
import dev.penstock.audit.content.Contents;
import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** With {@code audit.content: encrypted} an auditor reads what was said, until the service is erased; the trail stays sound. */
@ExtendWith(OutputCaptureExtension.class)
class EncryptedContentTests {

    private static final String CANARY = "canary-text-7710";
    private static final String ASK = Wires.ASK.replace("\"Hi\"", "\"" + CANARY + "\"");
    private static final String FIRST = "open-sesame";
    private static final String ENCRYPTED = "audit: { content: encrypted }\n";
    private static final String[] ARGUMENTS = {
        "--PENSTOCK_ADMIN_TOKEN=open-sesame", "--PENSTOCK_CONTENT_KEY=" + "5c".repeat(32)
    };

    @Test
    void whatWasSaidIsReadByAnAuditorAndGoneWhenTheServiceIsErased() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .answering(asked -> asked.text().contains("\"stream\":true")
                                ? Wires.wholeStream()
                                : Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, ""), ARGUMENTS)) {
            chat(gateway, "mine-1", ASK);
            chat(gateway, "mine-2", Wires.ASK_STREAM);
            Records.in(gateway.data(), found -> found.ended() == 2);
            List<JsonNode> texts = texts(gateway, "mine-1");
            assertThat(texts).hasSize(2);
            assertThat(Json.string(texts.get(0), "text")).contains(CANARY);
            assertThat(Json.string(texts.get(1), "text")).contains("Hello");
            assertThat(Json.string(texts(gateway, "mine-2").get(1), "text")).contains("\"delta\"");
            assertThat(ask(gateway, "/admin/audit/mine-1").has("content")).isFalse();
            nothingIsInTheClear(gateway.data());
            assertThat(run("audit", "verify", gateway.data().toString()))
                    .startsWith("0 ")
                    .contains("4 texts are as their records say, 0 are no longer there");
            assertThat(run("audit", "show", "mine-1", gateway.data().toString()))
                    .startsWith("0 ")
                    .contains("\"state\":\"sealed\"")
                    .doesNotContain(CANARY);

            JsonNode erased = post(gateway, "/admin/audit/erase", "{\"service\":\"test\"}");
            assertThat(erased.path("keys")).hasSize(1);
            assertThat(texts(gateway, "mine-1"))
                    .allMatch(text -> Json.string(text, "state").equals("erased"));
            assertThat(post(gateway, "/admin/audit/verify", "").path("sound").booleanValue())
                    .isTrue();
            chat(gateway, "mine-3", ASK);
            assertThat(Json.string(texts(gateway, "mine-3").get(0), "text")).contains(CANARY);

            Records records = Records.in(gateway.data());
            assertThat(records.of("content.read")).hasSize(4);
            assertThat(records.of("content.erased")).hasSize(1);
        }
    }

    @Test
    void aHoldKeepsTextsFromBeingErasedUntilItIsLifted() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, ""), ARGUMENTS)) {
            chat(gateway, "mine-1", ASK);
            String hold = Json.string(
                    post(gateway, "/admin/audit/holds", "{\"service\":\"test\",\"reason\":\"case 7\"}"), "id");
            assertThat(ask(gateway, "/admin/audit/holds").path("holds")).hasSize(1);
            RawClient admin = RawClient.to(gateway.admin(""));
            try (RawClient client =
                    admin.post("/admin/audit/erase", AdminClient.auditor(gateway, FIRST), "{\"service\":\"test\"}")) {
                assertThat(client.answer().status()).isEqualTo(400);
                assertThat(client.text()).contains("Hold " + hold);
            }
            assertThat(texts(gateway, "mine-1"))
                    .allMatch(text -> Json.string(text, "state").equals("readable"));
            try (RawClient client = RawClient.to(gateway.admin(""))
                    .raw("DELETE /admin/audit/holds/" + hold
                            + " HTTP/1.1\r\nhost: a\r\nauthorization: "
                            + AdminClient.auditor(gateway, FIRST).get("authorization") + "\r\n\r\n")) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            assertThat(post(gateway, "/admin/audit/erase", "{\"service\":\"test\"}")
                            .path("keys"))
                    .hasSize(1);
            Records records = Records.in(gateway.data());
            assertThat(records.of("hold.placed")).hasSize(1);
            assertThat(records.of("hold.lifted")).hasSize(1);
        }
    }

    /** An erase waits for texts that are on their way to the disk; here that does not take them for a while. */
    @Test
    void aHoldThatIsPlacedWhileAnEraseWaitsForTheDiskKeepsTheTexts() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, ""), ARGUMENTS)) {
            chat(gateway, "mine-1", ASK);
            Records.in(gateway.data(), found -> found.ended() == 1);
            ContentStore store = gateway.bean(Contents.class).store().orElseThrow();
            FutureTask<String> erasing = new FutureTask<>(() -> {
                try (RawClient client = RawClient.to(gateway.admin(""))
                        .post("/admin/audit/erase", AdminClient.auditor(gateway, FIRST), "{\"service\":\"test\"}")) {
                    return client.answer().status() + " " + client.text();
                }
            });
            String hold;
            synchronized (store) {
                new Thread(erasing).start();
                Records.in(gateway.data(), found -> anyoneIsIn("settle"));
                hold = Json.string(
                        post(gateway, "/admin/audit/holds", "{\"service\":\"test\",\"reason\":\"case 7\"}"), "id");
                assertThat(erasing.isDone()).isFalse();
            }
            assertThat(erasing.get(20, TimeUnit.SECONDS)).startsWith("400 ").contains("Hold " + hold);
            assertThat(texts(gateway, "mine-1"))
                    .hasSize(2)
                    .allMatch(text -> Json.string(text, "state").equals("readable"));
            assertThat(Records.in(gateway.data()).of("content.erased")).isEmpty();
        }
    }

    private static boolean anyoneIsIn(String method) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(ContentStore.class.getName())
                        && frame.getMethodName().equals(method));
    }

    @Test
    void aTextThatIsSaidWhenTheFileOfTheLastOnesWasTooOldIsReadBack() throws IOException {
        String[] often = {ARGUMENTS[0], ARGUMENTS[1], "--penstock.retention.every=50ms"};
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, ""), often)) {
            chat(gateway, "mine-1", ASK);
            Records.in(gateway.data(), found -> found.ended() == 1);
            Path file;
            try (Stream<Path> files = Files.list(gateway.data().resolve("content"))) {
                file = files.findFirst().orElseThrow();
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            Records.in(gateway.data(), found -> !Files.exists(file));
            chat(gateway, "mine-2", ASK);
            Records.in(gateway.data(), found -> found.ended() == 2);
            assertThat(texts(gateway, "mine-1"))
                    .allMatch(text -> Json.string(text, "state").equals("deleted"));
            assertThat(texts(gateway, "mine-2"))
                    .hasSize(2)
                    .allMatch(text -> Json.string(text, "state").equals("readable"));
        }
    }

    @Test
    void withoutAMasterKeyTheStartSaysWhatToSet(CapturedOutput output) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            assertThatThrownBy(() -> RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, "")));
            assertThat(output.getAll()).contains("audit.content", "PENSTOCK_CONTENT_KEY", "openssl rand -hex 32");
        }
    }

    @Test
    void aDiskThatTakesNoContentTakesNoCall() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(ENCRYPTED + Wires.oneProvider(upstream, ""), ARGUMENTS)) {
            Files.writeString(gateway.data().resolve("content"), "a file where a folder should be");
            try (RawClient client = gateway.chat(ASK)) {
                assertThat(client.answer().status()).isEqualTo(503);
                assertThat(client.text()).contains("audit_unavailable");
            }
            assertThat(upstream.ledger().exchanges()).isEmpty();
        }
    }

    private static void nothingIsInTheClear(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CANARY);
            }
        }
    }

    private static String run(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Commands.run(words, new PrintStream(said, true, StandardCharsets.UTF_8));
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }

    private static void chat(RunningGateway gateway, String id, String body) {
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.put("x-request-id", id);
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, body)) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.text();
        }
    }

    private static List<JsonNode> texts(RunningGateway gateway, String id) {
        return ask(gateway, "/admin/audit/" + id + "?content=true")
                .path("content")
                .valueStream()
                .toList();
    }

    private static JsonNode ask(RunningGateway gateway, String path) {
        try (RawClient client = RawClient.to(gateway.admin("")).get(path, AdminClient.auditor(gateway, FIRST))) {
            assertThat(client.answer().status()).isEqualTo(200);
            return Json.LENIENT_DEPTH.read(client.text());
        }
    }

    private static JsonNode post(RunningGateway gateway, String path, String body) {
        try (RawClient client = RawClient.to(gateway.admin("")).post(path, AdminClient.auditor(gateway, FIRST), body)) {
            assertThat(client.answer().status()).isEqualTo(200);
            return Json.LENIENT_DEPTH.read(client.text());
        }
    }
}
