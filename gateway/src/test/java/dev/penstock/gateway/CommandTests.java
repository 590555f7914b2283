package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.gateway.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
