package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.journal.segment.Segments;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The trail can be proven: signed checkpoints leave the machine, and what is changed after is found. */
class TrailTests {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String FIRST = "open-sesame";
    private static final String[] SOON = {"--PENSTOCK_ADMIN_TOKEN=open-sesame", "--penstock.checkpoint.every=100ms"};

    @TempDir
    private Path folder;

    @Test
    void checkpointsArePostedAndACutIsFoundAgainstOneOfThem() throws IOException {
        Path kept;
        Path key;
        Path data;
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                ScriptedUpstream watcher = ScriptedUpstream.start().answering(asked -> Script.json("{}"));
                RunningGateway gateway = RunningGateway.with(
                        "audit: { checkpoints: { webhook: \"" + watcher.uri("/checkpoints") + "\" } }\n"
                                + Wires.oneProvider(upstream, ""),
                        SOON)) {
            data = gateway.data();
            chat(gateway);
            watcher.ledger().await(0, BOUND);
            chat(gateway);
            Exchange posted = watcher.ledger().await(1, BOUND);
            assertThat(posted.text()).startsWith("penstock/").contains("\n\n— penstock/");
            assertThat(posted.header("content-type")).startsWith("text/plain");
            JsonNode checkpoint = ask(gateway, "/admin/audit/checkpoint");
            assertThat(Json.integer(checkpoint, "size")).isGreaterThanOrEqualTo(5);
            kept = Files.writeString(folder.resolve("kept"), posted.text() + "\n" + Json.string(checkpoint, "note"));
            key = Files.writeString(folder.resolve("key"), Json.string(checkpoint, "key"));
            JsonNode verified = post(gateway, "/admin/audit/verify", Json.string(checkpoint, "note"));
            assertThat(verified.path("sound").booleanValue())
                    .as(verified.toString())
                    .isTrue();
            assertThat(Json.string(verified, "origin")).isEqualTo(Json.string(checkpoint, "origin"));
            assertThat(Json.integer(verified, "foreign")).isZero();
            assertThat(Json.integer(verified, "confirmed")).isGreaterThanOrEqualTo(Json.integer(checkpoint, "size"));
            JsonNode torn = post(
                    gateway,
                    "/admin/audit/verify",
                    posted.text() + posted.text().replaceAll(".{9}\n$", ""));
            assertThat(torn.path("sound").booleanValue()).as(torn.toString()).isTrue();
            assertThat(Json.integer(torn, "torn")).isEqualTo(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("checkpoint-key"))))
                .isEqualTo("rw-------");
        assertThat(verify(data, kept, key)).startsWith("0 ").contains("nothing was changed, dropped or added");
        assertThat(run("audit", "key", data.toString())).isEqualTo("0 " + Files.readString(key) + "\n");
        cut(data);
        assertThat(verify(data, kept, key))
                .startsWith("1 ")
                .contains("trail ends with record", "0000000000000000001.seg");
    }

    @Test
    void aTrailGoesOnAfterARestartAndEarlierCheckpointsStillMatch() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            Path routes = RunningGateway.write(folder, Wires.oneProvider(upstream, ""));
            Path kept;
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SOON)) {
                chat(gateway);
                kept = Files.writeString(
                        folder.resolve("kept"), Json.string(ask(gateway, "/admin/audit/checkpoint"), "note"));
            }
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SOON)) {
                chat(gateway);
                JsonNode verified = post(gateway, "/admin/audit/verify", Files.readString(kept));
                assertThat(verified.path("sound").booleanValue())
                        .as(verified.toString())
                        .isTrue();
                Path data = gateway.data();
                assertThat(verify(data, kept, data.resolve("checkpoint-key.pub")))
                        .startsWith("0 ");
            }
        }
    }

    /** Whoever copies a data directory may not be allowed to read that file. */
    @Test
    void aTrailWhoseKeyWasLostGoesOnWithAnotherAndNothingOfBeforeIsForged() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            Path routes = RunningGateway.write(folder, Wires.oneProvider(upstream, ""));
            Path kept;
            Path data;
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SOON)) {
                chat(gateway);
                data = gateway.data();
                kept = Files.writeString(
                        folder.resolve("kept"), Json.string(ask(gateway, "/admin/audit/checkpoint"), "note"));
            }
            String before = Files.readString(data.resolve("checkpoint-key.pub"));
            Files.delete(data.resolve("checkpoint-key"));
            try (RunningGateway gateway = RunningGateway.ofFile(routes, SOON)) {
                chat(gateway);
                JsonNode newest = ask(gateway, "/admin/audit/checkpoint");
                Path both =
                        Files.writeString(folder.resolve("both"), Files.readString(kept) + Json.string(newest, "note"));
                JsonNode verified = post(gateway, "/admin/audit/verify", Files.readString(both));
                assertThat(verified.path("sound").booleanValue())
                        .as(verified.toString())
                        .isTrue();
                Path keys = data.resolve("checkpoint-key.pub");
                assertThat(Files.readString(keys)).isEqualTo(Json.string(newest, "key") + "\n" + before);
                assertThat(verify(data, both, keys)).startsWith("0 ");
                assertThat(Json.string(newest, "keys") + "\n").isEqualTo(Files.readString(keys));
                Path old = Files.writeString(folder.resolve("old"), before);
                assertThat(verify(data, both, old)).startsWith("1 ").contains("signed by a key that is not given");
                Records.in(data, found -> found.ended() == 2);
                Path file = Files.write(folder.resolve("case.zip"), export(gateway, "{\"service\":\"test\"}"));
                assertThat(verify(file, both, keys)).startsWith("0 ");
            }
        }
    }

    @Test
    void oldSegmentsGoWhileCallsRunAndTheFirstCheckpointStillMatches() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(
                        "audit: { retention: 1s }\n" + Wires.oneProvider(upstream, ""),
                        "--PENSTOCK_ADMIN_TOKEN=open-sesame",
                        "--penstock.checkpoint.every=100ms",
                        "--penstock.journal.segment=64KB",
                        "--penstock.retention.every=50ms")) {
            chat(gateway);
            Path kept = Files.writeString(
                    folder.resolve("kept"), Json.string(ask(gateway, "/admin/audit/checkpoint"), "note"));
            Segments segments = Segments.in(gateway.data().resolve("journal"));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (segments.firsts().contains(1L)) {
                chat(gateway);
                assertThat(System.nanoTime()).as("within a minute").isLessThan(end);
            }
            assertThat(verify(gateway.data(), kept, gateway.data().resolve("checkpoint-key.pub")))
                    .startsWith("0 ");
            Records.in(gateway.data(), found -> !found.of("retention.deleted").isEmpty());
            Path file = Files.write(folder.resolve("case.zip"), export(gateway, "{\"service\":\"test\"}"));
            assertThat(verify(file, kept, gateway.data().resolve("checkpoint-key.pub")))
                    .startsWith("0 ");
        }
    }

    @Test
    void aCaseIsOneFileThatProvesItselfAndShowsWhatWasChangedInIt() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), SOON)) {
            chat(gateway);
            String early = Json.string(ask(gateway, "/admin/audit/checkpoint"), "note");
            Path kept = Files.writeString(folder.resolve("kept"), early);
            for (int i = 0; i < 20; i++) {
                chat(gateway);
            }
            Records.in(gateway.data(), found -> found.ended() == 21);
            Path file = Files.write(folder.resolve("case.zip"), export(gateway, "{\"service\":\"test\"}"));
            Path key = gateway.data().resolve("checkpoint-key.pub");
            assertThat(verify(file, kept, key)).startsWith("0 42 records").contains("are what was written");
            Path changed = folder.resolve("changed.zip");
            assertThat(verify(without(file, changed, "\"status\":200"), kept, key))
                    .startsWith("1 ")
                    .contains("is not the one in the trail");
            assertThat(verify(without(file, changed, "\"hashes\":[\""), kept, key))
                    .startsWith("1 ");
            Path other = Files.writeString(folder.resolve("other"), early.replaceFirst("\n\\d+\n", "\n" + 7 + "\n"));
            assertThat(verify(file, other, key)).startsWith("1 ").contains("is not signed by");
            Path torn = Files.writeString(folder.resolve("torn"), early.substring(0, early.length() - 9));
            assertThat(verify(file, torn, key))
                    .startsWith("1 ")
                    .contains("torn checkpoints that were left out: 1", "no checkpoint");
            assertThat(Records.in(gateway.data()).of("case.exported")).hasSize(1);
            try (Stream<Path> files = Files.list(gateway.data())) {
                assertThat(files.map(it -> it.getFileName().toString())).noneMatch(name -> name.startsWith("case"));
            }
        }
    }

    /** The same zip file, with the first of a text in any of its entries changed. */
    private static Path without(Path file, Path to, String text) throws IOException {
        Files.deleteIfExists(to);
        Files.copy(file, to);
        try (FileSystem zip = FileSystems.newFileSystem(to)) {
            for (String entry : List.of("records.jsonl", "trail.jsonl")) {
                String content = Files.readString(zip.getPath(entry));
                int at = content.indexOf(text) + text.length();
                if (at >= text.length()) {
                    char other = content.charAt(at) == '1' ? '2' : '1';
                    Files.writeString(zip.getPath(entry), content.substring(0, at) + other + content.substring(at + 1));
                }
            }
        }
        return to;
    }

    private static byte[] export(RunningGateway gateway, String body) {
        try (RawClient client = RawClient.to(gateway.admin(""))
                .post("/admin/audit/export", AdminClient.auditor(gateway, FIRST), body)) {
            assertThat(client.answer().status()).isEqualTo(200);
            return client.body();
        }
    }

    @Test
    void checkpointsLeaveAsLogsOfOpenTelemetry() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                OtlpReceiver receiver = OtlpReceiver.start();
                RunningGateway gateway = RunningGateway.with(
                        Wires.oneProvider(upstream, ""),
                        Arrays.asList(receiver.arguments()).toArray(String[]::new))) {
            assertThat(gateway.data()).exists();
            gateway.bean(dev.penstock.audit.trail.Checkpoints.class).now();
            assertThat(receiver.logs(text -> text.contains("— penstock/"), BOUND))
                    .isNotEmpty();
        }
    }

    private static void chat(RunningGateway gateway) {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.text();
        }
    }

    /** The last frames become the zeros that a segment has behind its end. */
    private static void cut(Path data) throws IOException {
        Path file = Segments.in(data.resolve("journal")).file(1);
        byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        for (int i = 0; i < 3; i++) {
            int length = java.nio.ByteBuffer.wrap(bytes, at, 4).getInt() & Integer.MAX_VALUE;
            at += 8 + length;
        }
        Arrays.fill(bytes, at, bytes.length, (byte) 0);
        Files.write(file, bytes);
        Files.delete(data.resolve("checkpoints"));
    }

    private String verify(Path data, Path checkpoint, Path key) {
        return run("audit", "verify", data.toString(), "--checkpoint", checkpoint.toString(), "--key", key.toString());
    }

    /** The exit code and what was said. */
    private static String run(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Commands.run(words, new PrintStream(said, true, StandardCharsets.UTF_8));
        return code + " " + said.toString(StandardCharsets.UTF_8);
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
