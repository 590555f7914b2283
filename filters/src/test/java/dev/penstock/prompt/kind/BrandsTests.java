package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.BrandRules;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.prompt.template.PromptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Brands}. */
class BrandsTests {

    @TempDir
    private Path kinds;

    @BeforeEach
    void aKindAndABrand() throws IOException {
        Path folder = Files.createDirectories(kinds.resolve("titles"));
        Files.writeString(folder.resolve("kind.yml"), """
                live: v1
                input:
                  type: object
                  required: [subject]
                  properties: { subject: { type: string }, brand_guidelines: { type: object } }
                output: schema.json
                fallback: fallback.json
                example: { subject: Tea }
                """);
        Files.writeString(folder.resolve("v1.txt"), "=== user\n[(${subject})] [(${brand_context.voice})]\n");
        Files.writeString(
                folder.resolve("schema.json"),
                "{\"type\":\"object\",\"required\":[\"title\"],\"properties\":{\"title\":{\"type\":\"string\"}}}");
        Files.writeString(folder.resolve("fallback.json"), "{\"title\": \"[(${subject})]\"}");
        Files.createDirectories(kinds.resolve("brands"));
        brand("voice: a neighbour\nkeywords: [tea]\nforbidden_terms: [cheap]\ncompetitors: [BeanCo]\n");
    }

    private void brand(String yaml) throws IOException {
        Files.writeString(kinds.resolve("brands/acme.yml"), yaml);
    }

    private static ObjectNode request(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json);
    }

    @Test
    void aProfileHoldsWhereTheRequestSaysNothing() {
        Kind kind = new Kinds(kinds).get("titles");
        ObjectNode input = kind.input(
                request("{\"subject\":\"x\",\"brand_context\":{\"profile\":\"acme\",\"keywords\":[\"mine\"]}}"));
        assertThat(input.path("brand_context").path("voice").stringValue()).isEqualTo("a neighbour");
        assertThat(input.path("brand_context").path("keywords").toString()).isEqualTo("[\"mine\"]");
        assertThat(kind.prompt().brand(input))
                .isEqualTo(new BrandRules(List.of("cheap"), List.of(), List.of("BeanCo")));
    }

    @Test
    void guidelinesAndProfileHoldTogether() {
        Kind kind = new Kinds(kinds).get("titles");
        ObjectNode input = kind.input(
                request(
                        "{\"subject\":\"x\",\"brand_context\":{\"profile\":\"acme\"},"
                                + "\"brand_guidelines\":{\"forbidden_terms\":[\"cheap\",\"loud\"],\"required_disclaimers\":[\"Ask us.\"]}}"));
        assertThat(kind.prompt().brand(input))
                .isEqualTo(new BrandRules(List.of("cheap", "loud"), List.of("Ask us."), List.of("BeanCo")));
    }

    @Test
    void anUnknownBrandIsAnErrorThatListsTheKnownOnes() {
        Kind kind = new Kinds(kinds).get("titles");
        assertThatThrownBy(() -> kind.input(request("{\"subject\":\"x\",\"brand_context\":{\"profile\":\"other\"}}")))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("brand_context.profile")
                .hasMessageContaining("acme");
    }

    @ParameterizedTest
    @CsvSource({
        "'voice: x\nvioce: y', acme.yml:2: 'vioce' is unknown",
        "'forbidden_terms: cheap', acme.yml:1: 'forbidden_terms' is not a list of texts",
        "'style: loud', acme.yml:1: 'style' is not a mapping",
    })
    void aBrandThatCannotBeUsedSaysWhy(String yaml, String problem) throws IOException {
        brand(yaml.replace("\\n", "\n"));
        assertThatThrownBy(() -> new Kinds(kinds).require())
                .isInstanceOf(PromptException.class)
                .hasMessageContaining(problem);
    }
}
