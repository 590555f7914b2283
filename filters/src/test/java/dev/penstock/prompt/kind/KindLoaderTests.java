package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.prompt.template.PromptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link KindLoader}: a kind is files only, and each mistake in them is told with its place. */
class KindLoaderTests {

    private static final String KIND = """
            live: v1
            input:
              type: object
              required: [subject]
              properties:
                subject: { type: string }
                words: { type: integer, default: 9 }
            output: schema.json
            fallback: fallback.json
            example: { subject: Tea }
            """;
    private static final String SCHEMA = """
            {"type": "object", "required": ["title"],
             "properties": {"title": {"type": "string", "x-max-length-from": "words"}}}""";

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void aSmallKind() throws IOException {
        folder = Files.createDirectory(directory.resolve("titles"));
        write("kind.yml", KIND);
        write("v1.txt", "=== system\nBe brief.\n=== user\n[(${fence(subject)})]\n");
        write("schema.json", SCHEMA);
        write("fallback.json", "{\"title\": \"[(${subject})]\"}");
    }

    @Test
    void aNewKindNeedsNoCode() {
        Kind kind = new Kinds(directory).get("titles");
        var input = kind.input(Json.object().put("subject", "Green tea and more"));
        assertThat(kind.fallback(input)).hasToString("{\"title\":\"Green…\"}");
        assertThat(kind.version("").hash()).isEqualTo("adc9339c8702");
        assertThat(kind.model()).isEmpty();
    }

    @Test
    void eachVersionCanBeAskedFor() throws IOException {
        write("v2.txt", "=== user\n[(${subject})]\n");
        Kind kind = new Kinds(directory).get("titles");
        assertThat(kind.version("v2").sections()).hasSize(1);
        assertThat(kind.version("").name()).isEqualTo("v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "live: v1~liv: v1~kind.yml:1: 'liv' is unknown (expected one of: model",
                "live: v1~live: v7~kind.yml: 'live' v7 (expected one of: [v1])",
                "output: schema.json~output: ../x.json~kind.yml:8: 'output' is not the name",
                "output: schema.json~output: gone.json~gone.json: no such file",
                "fallback: fallback.json~temperature: 3~kind.yml:9: 'temperature' is not one",
                "fallback: fallback.json~max-tokens: many~kind.yml:9: 'max-tokens' is not one",
                "fallback: fallback.json~output: schema.json~kind.yml:9: 'output' stands twice",
                "fallback: fallback.json~~kind.yml:1: 'fallback' is missing",
                "{ subject: Tea }~{ subject: 5 }~kind.yml:4: 'example': 'subject' integer (expected: string)",
                "{ subject: Tea }~[ Tea ]~kind.yml:10: 'example' is missing or not a mapping",
                "{ type: string }~{ type: strin }~kind.yml:3: 'input': not a JSON Schema",
                "words: {~model: {~kind.yml:7: 'input': field 'model' is one that every kind has",
                "words: {~pages: {~schema.json:2: 'x-max-length-from' (expected: an integer field of the input)",
                "live: v1~live: [~kind.yml:"
            })
    void aMistakeInKindYmlIsToldWithItsPlace(String line, String instead, String message) throws IOException {
        write("kind.yml", KIND.replace(line, instead == null ? "" : instead));
        refused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "v1.txt~=== user|[(${subjct})]~v1.txt:2: names [subjct] (expected: fields of the input, [brand_context,",
                "v1.txt~=== user||[(${T(x)})]~v1.txt:3: function 'T'",
                "v1.txt~hello~v1.txt:1: text before the first section",
                "v1.txt~=== system|x~v1.txt:1: no section of the user",
                "v1.txt~=== user|=== system|x~v1.txt:1: an empty section",
                "v1.txt~=== user|x|=== tool~v1.txt:3: a line that starts with ===",
                "schema.json~{\"type\": \"array\"}~schema.json:1: schema without properties",
                "schema.json~{\"type\": \"object\",|}~schema.json:2: not JSON",
                "schema.json~{\"type\": \"object\", \"properties\": {\"metadata\": {}}}~schema.json:1: field 'metadata'",
                "fallback.json~[]~fallback.json: not an object",
                "fallback.json~{\"titel\": \"x\"}~fallback.json: with the example of kind.yml: 'title' is missing",
                "fallback.json~{\"title\": \"[(${nope})]\"}~fallback.json:1: names [nope]"
            })
    void aMistakeInAnotherFileIsToldWithItsPlace(String file, String text, String message) throws IOException {
        write(file, text.replace('|', '\n'));
        refused(message);
    }

    @Test
    void aFolderMustHaveTheNameOfAKind() throws IOException {
        Files.createDirectory(directory.resolve("Not a Kind"));
        refused("not a kind's name");
    }

    private void refused(String message) {
        assertThatThrownBy(() -> new Kinds(directory).require())
                .isInstanceOf(PromptException.class)
                .hasMessageContaining(message);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
