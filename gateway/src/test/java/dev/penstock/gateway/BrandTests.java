package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a brand forbids does not go out, and what is left of it is told. */
class BrandTests {

    private static final String POST =
            "{\"platform\":\"linkedin\",\"topic\":\"%s\",\"brand_context\":{\"profile\":\"acme\"}}";

    @TempDir
    private static Path prompts;

    private static ScriptedUpstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Path shipped = RunningGateway.root().resolve("prompts");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Path to = prompts.resolve(shipped.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        Files.writeString(Files.createDirectories(prompts.resolve("brands")).resolve("acme.yml"), """
                voice: A neighbour
                forbidden_terms: [cheapest]
                competitors: [BeanCo]
                """);
        upstream = ScriptedUpstream.start();
        gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), "--penstock.prompts=" + prompts);
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    @Test
    void anAnswerThatBreaksARuleIsAskedForAgain() {
        upstream.enqueue(
                ContentWires.OPENAI.whole("{\"content\":\"The Cheapest tea.\"}"),
                ContentWires.OPENAI.whole("{\"content\":\"Fair tea.\"}"));
        JsonNode answer = post("social-media", POST.formatted("Tea"));
        assertThat(answer.path("content").stringValue()).isEqualTo("Fair tea.");
        assertThat(answer.at("/metadata/repaired").booleanValue()).isTrue();
        assertThat(answer.at("/metadata/brand").toString()).isEqualTo("{\"compliant\":true,\"findings\":[]}");
        String first = upstream.ledger()
                .exchanges()
                .get(upstream.ledger().exchanges().size() - 2)
                .text();
        assertThat(first).contains("A neighbour");
        String second = upstream.ledger()
                .exchanges()
                .get(upstream.ledger().exchanges().size() - 1)
                .text();
        assertThat(second).contains("uses a term that the brand forbids", "no 'cheapest'");
    }

    @Test
    void whatAFallbackStillBreaksIsTold() {
        upstream.enqueue(ContentWires.OPENAI.whole("no"), ContentWires.OPENAI.whole("no"));
        JsonNode answer = post("social-media", POST.formatted("Better than BeanCo"));
        assertThat(answer.at("/metadata/fallback_used").booleanValue()).isTrue();
        assertThat(answer.at("/metadata/brand").toString())
                .isEqualTo("{\"compliant\":false,\"findings\":[{\"rule\":\"competitor\",\"field\":\"content\","
                        + "\"term\":\"BeanCo\"}]}");
    }

    @Test
    void whatIsSureAndWhatAModelJudgesAreToldApart() {
        upstream.enqueue(
                ContentWires.OPENAI.whole(
                        "{\"compliant\":false,\"issues\":[\"The tone is loud: 'cheapest'.\"],\"suggestions\":[\"Say: fair.\"]}"));
        JsonNode answer = post(
                "brand-compliance",
                "{\"content\":\"The cheapest!\",\"brand_guidelines\":{\"forbidden_terms\":[\"cheapest\"]}}");
        assertThat(answer.path("compliant").booleanValue()).isFalse();
        assertThat(answer.path("issues")).hasSize(1);
        assertThat(answer.at("/metadata/brand").toString())
                .isEqualTo("{\"compliant\":false,\"findings\":[{\"rule\":\"forbidden_term\",\"field\":\"content\","
                        + "\"term\":\"cheapest\"}]}");
        assertThat(answer.at("/metadata/repaired").booleanValue()).isFalse();
    }

    @Test
    void aProfileCountsForAJudgementToo() {
        upstream.enqueue(
                ContentWires.OPENAI.whole("{\"compliant\":true,\"issues\":[],\"suggestions\":[]}"),
                ContentWires.OPENAI.whole("{\"compliant\":false,\"issues\":[\"'cheapest'\"],\"suggestions\":[]}"));
        JsonNode answer = post(
                "brand-compliance",
                "{\"content\":\"The cheapest!\",\"brand_guidelines\":{\"tone\":\"warm\"},"
                        + "\"brand_context\":{\"profile\":\"acme\"}}");
        assertThat(answer.path("compliant").booleanValue()).isFalse();
        assertThat(answer.at("/metadata/repaired").booleanValue()).isTrue();
    }

    private static JsonNode post(String kind, String body) {
        try (RawClient client = gateway.client().post("/v1/content/" + kind, RunningGateway.CALLER, body)) {
            assertThat(client.answer().status()).isEqualTo(200);
            return Json.LENIENT_DEPTH.read(client.body());
        }
    }
}
