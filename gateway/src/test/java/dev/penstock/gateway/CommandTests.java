package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.gateway.command.Commands;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalConfig.Limits;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.embedded.EmbeddedJournal;
import dev.penstock.journal.segment.Segments;
import dev.penstock.records.CaseQuery;
import dev.penstock.records.CaseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line answers with an exit code and a line that says why. */
class CommandTests {

    @TempDir
    private Path folder;

    @BeforeAll
    static void promptsAreAtTheRoot() {
        System.setProperty(
                "penstock.prompts", RunningGateway.root().resolve("prompts").toString());
    }

    @AfterAll
    static void forget() {
        System.clearProperty("penstock.prompts");
    }

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final SigningKey signing = SigningKey.of("penstock/test-1", SigningKey.draw());
    private byte[] second = new byte[0];

    @Test
    void checkKnowsAGoodFileFromABadOne() throws IOException {
        Path good = RunningGateway.write(
                folder,
                "providers: { mock: { dialect: mock } }\nmodels: { default: { targets: [ { provider: mock, model: m } ] } }\n");
        assertThat(run("check", good.toString())).isZero();
        assertThat(said()).contains("good, config ");
        Path bad = Files.writeString(
                folder.resolve("bad.yml"), Files.readString(good).replace("dialect:", "dialekt:"));
        assertThat(run("check", bad.toString())).isEqualTo(1);
        assertThat(said()).contains("bad.yml:1:22 providers.mock.dialekt: unknown key");
    }

    @Test
    void explainSaysWhereARequestWouldGoAndWhyNotElsewhere() throws IOException {
        Path routes = RunningGateway.write(folder, """
                providers:
                  openai: { dialect: openai, base-url: "https://api.openai.com/v1" }
                  mock: { dialect: mock }
                models:
                  default:
                    targets: [ { provider: openai, model: gpt-4.1-mini, priority: 1 }, { provider: mock, model: m, priority: 2 } ]
                """);
        Path request = Files.writeString(folder.resolve("request.json"), Wires.ASK);
        assertThat(run("explain", request.toString(), routes.toString())).isZero();
        assertThat(said().replaceAll("\\s+", ""))
                .contains("\"service\":\"test\"", "\"passed_over\":\"theproviderhasnokey\"")
                .contains("\"provider\":\"mock\",\"model\":\"m\",\"tried\":true");
    }

    @Test
    void explainListsTheGuardsOfTheCaller() throws IOException {
        Path routes = RunningGateway.write(folder, """
                providers: { mock: { dialect: mock } }
                models: { default: { targets: [ { provider: mock, model: m } ] } }
                guardrails: { own: [ { rule: pii, phase: output, action: redact } ] }
                """);
        String guarded = Files.readString(routes).replace("team: tests\n", "team: tests\n    guardrails: [ own ]\n");
        Files.writeString(routes, guarded);
        Path request = Files.writeString(folder.resolve("request.json"), Wires.ASK);
        assertThat(run("explain", request.toString(), routes.toString())).isZero();
        assertThat(said().replaceAll("\\s+", ""))
                .contains("\"guards\":[{\"guardrail\":\"own\",\"rule\":\"pii\",\"phase\":\"output\","
                        + "\"action\":\"redact\",\"on_error\":\"closed\"}]");
    }

    @Test
    void explainSaysWhichPromptAContentRequestGets() throws IOException {
        Path routes = RunningGateway.write(folder, """
                providers: { mock: { dialect: mock } }
                models: { default: { targets: [ { provider: mock, model: m } ] } }
                """);
        Path request = Files.writeString(
                folder.resolve("request.json"), "{\"platform\":\"twitter\",\"topic\":\"A repair cafe\"}");
        assertThat(run("explain", "--kind=social-media", request.toString(), routes.toString()))
                .isZero();
        assertThat(said().replaceAll("\\s+", ""))
                .contains("\"prompt\":{\"kind\":\"social-media\",\"version\":\"v1\",\"hash\":\"")
                .contains("\"model\":\"default\"", "\"provider\":\"mock\",\"model\":\"m\",\"tried\":true")
                .doesNotContain("repair");
        assertThat(run("explain", "--kind=sonnet", request.toString(), routes.toString()))
                .isEqualTo(1);
        assertThat(said()).contains("no such content kind", "social-media");
    }

    @Test
    void explainSaysWhatTheRolloutAndAnExperimentMakeOfARequest() throws IOException {
        Path routes = RunningGateway.write(folder, """
                providers:
                  openai: { dialect: openai, base-url: "https://api.openai.com/v1", keys: [ { id: main, value: k } ] }
                  mock: { dialect: mock }
                models:
                  default: { targets: [ { provider: mock, model: m } ] }
                  large: { targets: [ { provider: openai, model: big }, { provider: mock, model: large } ] }
                rollout: { real-traffic: 0 }
                experiments:
                  size: { model: default, arms: [ { model: large, weight: 1 }, { model: default, weight: 1 } ], sticky-by: user }
                """);
        Path request = Files.writeString(
                folder.resolve("request.json"), Wires.ASK.replace("{\"model\"", "{\"user\":\"u1\",\"model\""));
        assertThat(run("explain", request.toString(), routes.toString())).isZero();
        assertThat(said().replaceAll("\\s+", ""))
                .contains(
                        "\"variant\":{\"experiment\":\"size\",\"arm\":\"large\",\"sticky\":\"user\"",
                        "\"rollout\":\"mock\"")
                .contains(
                        "\"model\":\"big\",\"tried\":false,\"passed_over\":\"therolloutkeepsthiscallerfromrealproviders\"")
                .contains("\"model\":\"large\",\"tried\":true");
    }

    @Test
    void promptRenderShowsWhatWouldBeSent() throws IOException {
        Path input = Files.writeString(
                folder.resolve("input.json"), "{\"platform\":\"twitter\",\"topic\":\"A [(${1+1})] cafe\"}");
        String prompts = RunningGateway.root().resolve("prompts").toString();
        assertThat(run("prompt", "render", "social-media", input.toString(), prompts))
                .isZero();
        assertThat(said()).contains("\"role\" : \"system\"", "A [(${1+1})] cafe", "\"version\" : \"v1\"");
        Files.writeString(input, "{\"platform\":\"myspace\",\"topic\":\"x\"}");
        assertThat(run("prompt", "render", "social-media", input.toString(), prompts))
                .isEqualTo(1);
        assertThat(said()).contains("platform", "twitter");
    }

    @Test
    void auditWantsRecords() {
        assertThat(run("audit", "verify", folder.toString())).isEqualTo(1);
        assertThat(said()).contains("no records");
    }

    /** Whoever appends what he is sent may have a disk that is full, or lose power. */
    @Test
    void aFileOfCheckpointsThatIsTornAtItsEndProvesWhatTheOthersDoAndNoMoreThanThat() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), signing.verifier().text());
        byte[] whole = written().form().getBytes(StandardCharsets.UTF_8);
        Path kept = folder.resolve("kept");
        int readable = new String(second, StandardCharsets.UTF_8).indexOf("=\n") + 1;
        for (int length = 1; length < second.length; length++) {
            byte[] file = Arrays.copyOf(whole, whole.length + length);
            System.arraycopy(second, 0, file, whole.length, length);
            Files.write(kept, file);
            said.reset();
            boolean torn = length < second.length - 2;
            boolean more = torn && length >= readable;
            assertThat(verify(kept, key)).as(said()).isEqualTo(more ? 1 : 0);
            assertThat(said().contains(
                                    "not proven: " + kept + ": a torn checkpoint says 2 records, only 1 are confirmed"))
                    .as(said())
                    .isEqualTo(more);
            assertThat(said()).doesNotContain("forged").contains((torn ? 1 : 2) + " checkpoints match");
            assertThat(said().contains("warning: " + kept + ": torn checkpoints that were left out: 1"))
                    .isEqualTo(torn);
        }
    }

    @Test
    void aFileOfNothingButATornCheckpointProvesNothing() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), signing.verifier().text());
        written();
        Path kept = Files.write(folder.resolve("kept"), Arrays.copyOf(second, second.length - 9));
        assertThat(verify(kept, key)).isEqualTo(1);
        assertThat(said())
                .contains("2 records, 1 to 2, not proven", "not proven: " + kept + ": no checkpoint is of this trail")
                .doesNotContain("forged");
    }

    /** Whoever has the disk, but not the key that was kept, can put another one and its checkpoints beside the records. */
    @Test
    void checkpointsOnTheMachineAreHeldAgainstTheKeyThatIsGiven() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), signing.verifier().text());
        Path kept = Files.writeString(folder.resolve("kept"), written().form());
        SigningKey other = SigningKey.of("penstock/test-1", SigningKey.draw());
        Checkpoint newest = note(second).checkpoint().orElseThrow();
        Files.writeString(folder.resolve("data/checkpoints"), other.sign(newest).form());
        Files.writeString(
                folder.resolve("data/checkpoint-key.pub"), other.verifier().text());
        assertThat(verify(kept, key)).isEqualTo(1);
        assertThat(said())
                .contains("forged: " + folder.resolve("data/checkpoints"), "the newest is the checkpoint of 1 records");
        Files.write(folder.resolve("data/checkpoints"), second);
        said.reset();
        assertThat(verify(kept, key)).as(said()).isZero();
        assertThat(said()).contains("the newest is the checkpoint of 2 records");
    }

    /** Whoever gives a key wants to know that it signed, and nothing did. */
    @Test
    void aKeyWithoutAnyCheckpointProvesNothing() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), signing.verifier().text());
        written();
        String data = folder.resolve("data").toString();
        assertThat(run("audit", "verify", data, "--key", key.toString())).isEqualTo(1);
        assertThat(said()).contains("2 records, 1 to 2, not proven", "no checkpoint is of this trail");
        Path own = Files.write(folder.resolve("data/checkpoints"), new byte[0]);
        assertThat(run("audit", "verify", data, "--key", key.toString())).isEqualTo(1);
        Files.write(own, second);
        assertThat(run("audit", "verify", data, "--key", key.toString())).isZero();
        Files.delete(own);
        assertThat(run("audit", "verify", data)).isZero();
    }

    @Test
    void theKeyOfAnotherInstanceProvesNothingAndAccusesNobody() throws IOException {
        SigningKey other = SigningKey.of("penstock/test-2", SigningKey.draw());
        Path key = Files.writeString(folder.resolve("key"), other.verifier().text());
        Path kept = Files.writeString(folder.resolve("kept"), written().form());
        assertThat(verify(kept, key)).isEqualTo(1);
        assertThat(said())
                .contains("not proven: " + kept + ": the key is one of penstock/test-2")
                .doesNotContain("forged");
    }

    /** Whoever makes a case up writes the genuine key into it, too, and signs with his own. */
    @Test
    void aCaseNamesEveryKeyThatSignedSomethingAndNoOther() throws IOException {
        SigningKey other = SigningKey.of("penstock/test-1", SigningKey.draw());
        Path file = folder.resolve("case.zip");
        Note first = written();
        Note last = note(second);
        Checkpoint newest = last.checkpoint().orElseThrow();
        VerifierKey both = signing.after(other.verifier()).verifier();
        made(file, List.of(), other.sign(newest), both);
        assertThat(run("audit", "verify", file.toString())).isZero();
        assertThat(said())
                .contains("1 of them signed", "key: " + other.verifier().text())
                .doesNotContain(signing.verifier().text());
        said.reset();
        made(file, List.of(first), other.sign(newest), both);
        assertThat(run("audit", "verify", file.toString())).isZero();
        assertThat(said())
                .contains("2 of them signed", "key: " + other.verifier().text())
                .contains("key: " + signing.verifier().text());
    }

    /** Whoever can write where a backup lies can put a case of his own making in its place. */
    @Test
    void aFileInADirectorysPlaceIsNoCase() throws IOException {
        written();
        Path file = folder.resolve("CASE.Zip");
        made(file, List.of(), note(second), signing.verifier());
        assertThat(run("audit", "verify", file.toString())).as(said()).isZero();
        said.reset();
        assertThat(run(
                        "audit",
                        "verify",
                        Files.copy(file, folder.resolve("backup")).toString()))
                .isEqualTo(1);
        assertThat(said()).contains("backup: no directory (expected: ").doesNotContain("records,");
    }

    @Test
    void aCaseWithoutAnyRecordIsNotSound() throws IOException {
        written();
        Path file = folder.resolve("case.zip");
        CaseQuery nothing = new CaseQuery(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            new CaseWriter(Segments.in(folder.resolve("data/journal")), note(second), List.of(), signing.verifier())
                    .write(nothing, Instant.EPOCH, folder.resolve("spool"), out);
        }
        assertThat(run("audit", "verify", file.toString())).as(said()).isEqualTo(1);
        assertThat(said()).contains("wrong: no record in records.jsonl", "0 records", "not sound");
    }

    private void made(Path file, List<Note> older, Note newest, VerifierKey key) throws IOException {
        CaseQuery query = new CaseQuery(Instant.EPOCH, Instant.now().plusSeconds(60), "", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            new CaseWriter(Segments.in(folder.resolve("data/journal")), newest, older, key)
                    .write(query, Instant.EPOCH, folder.resolve("spool"), out);
        }
    }

    private static Note note(byte[] form) {
        return Notes.of(new String(form, StandardCharsets.UTF_8)).whole().get(0);
    }

    /** Whoever has another instance's secret must not speak for this one, though the auditor knows both. */
    @Test
    void aKeySignsForItsOwnTrailAloneWhereTheFileHasThoseOfMany() throws IOException {
        SigningKey other = SigningKey.of("penstock/test-2", SigningKey.draw());
        String own = signing.verifier().text();
        Note genuine = written();
        Checkpoint newest = note(second).checkpoint().orElseThrow();
        for (String many :
                List.of(own + "\n" + other.verifier().text(), other.verifier().text() + "\n" + own)) {
            Path key = Files.writeString(folder.resolve("keys"), many);
            Path kept = Files.writeString(folder.resolve("kept"), genuine.form());
            said.reset();
            assertThat(verify(kept, key)).as(said()).isZero();
            Files.writeString(kept, other.sign(newest).form());
            said.reset();
            assertThat(verify(kept, key)).as(said()).isEqualTo(1);
            Path file = folder.resolve("case.zip");
            made(file, List.of(), note(second), signing.verifier());
            assertThat(run("audit", "verify", file.toString(), "--key", key.toString()))
                    .as(said())
                    .isZero();
            made(file, List.of(), other.sign(newest), signing.verifier());
            assertThat(run("audit", "verify", file.toString(), "--key", key.toString()))
                    .as(said())
                    .isEqualTo(1);
        }
    }

    /** With the keys of many instances, another's trail in this one's place is sound, too. */
    @Test
    void theTrailThatWasReadIsNamed() throws IOException {
        SigningKey other = SigningKey.of("penstock/test-2", SigningKey.draw());
        Path keys = Files.writeString(
                folder.resolve("keys"),
                other.verifier().text() + "\n" + signing.verifier().text());
        Path kept = Files.writeString(folder.resolve("kept"), written().form());
        assertThat(verify(kept, keys)).isZero();
        assertThat(said()).containsPattern("2 records, 1 to 2, sound, hash [0-9a-f]{64}, of penstock/test-1\n");
    }

    /** What is appended to a torn line becomes a part of it. */
    @Test
    void aNewestCheckpointThatIsGluedToATornOneIsMissed() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), signing.verifier().text());
        String first = written().form();
        Path kept = Files.writeString(
                folder.resolve("kept"), first + "penstock/tes" + new String(second, StandardCharsets.UTF_8));
        assertThat(verify(kept, key)).as(said()).isEqualTo(1);
        assertThat(said())
                .contains("not proven: " + kept + ": a torn checkpoint says 2 records, only 1 are confirmed")
                .doesNotContain("forged");
    }

    @Test
    void whatLiesBesideAJournalIsFoundHoweverThatIsNamed() throws IOException {
        written();
        Files.write(folder.resolve("data/checkpoints"), second);
        for (String named : List.of("data", "data/journal", "data/journal/.", "data/journal/../journal")) {
            said.reset();
            assertThat(run("audit", "verify", folder + "/" + named)).isZero();
            assertThat(said()).as(named).contains("1 checkpoints match");
        }
    }

    /** A trail of two records. The first has a checkpoint, which is given; the second's is {@link #second}. */
    private Note written() throws IOException {
        Limits limits = new Limits(
                32 << 10,
                64 << 20,
                Duration.ofMillis(250),
                4 << 10,
                1_000,
                100,
                Duration.ofDays(1),
                Duration.ofMillis(20),
                0);
        Path directory = Files.createDirectories(folder.resolve("data/journal"));
        try (EmbeddedJournal journal = EmbeddedJournal.open(
                JournalConfig.of(directory, "test-1", Clock.systemUTC()).with(limits), List.of())) {
            Note first = written(journal);
            second = written(journal).form().getBytes(StandardCharsets.UTF_8);
            return first;
        }
    }

    private Note written(EmbeddedJournal journal) {
        journal.append(Entry.plain(Json.object()
                        .put("type", "test")
                        .put("time", Instant.now().toString())))
                .join();
        return signing.sign(Checkpoint.of("test-1", journal.tree(), Instant.EPOCH));
    }

    private int verify(Path kept, Path key) {
        return run(
                "audit",
                "verify",
                folder.resolve("data").toString(),
                "--checkpoint",
                kept.toString(),
                "--key",
                key.toString());
    }

    @Test
    void whatItDoesNotKnowIsUsage() {
        assertThat(Commands.are("--server.port=1")).isFalse();
        assertThat(run("keys", "lost")).isEqualTo(1);
        assertThat(said()).contains("usage:");
    }

    private int run(String... words) {
        return Commands.run(words, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
