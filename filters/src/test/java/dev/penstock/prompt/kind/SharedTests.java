package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.prompt.template.PromptException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests for what kinds share: partials, platforms' rules, and the keywords that refer to them. */
class SharedTests {

    private static final String KIND = """
            live: v1
            rules: { table: shows, by: [stage, city] }
            input:
              type: object
              required: [stage]
              properties:
                stage: { type: string, enum: [hall, Yard] }
                city: { type: string }
                acts: { type: array, items: { type: string } }
                count: { type: integer, default: 2 }
                most: { type: integer, x-default-from: title }
            output: schema.json
            fallback: fallback.json
            example: { stage: hall }
            """;
    private static final String SCHEMA = """
            {"type": "object", "properties": {
              "title": {"type": "string", "x-limit": "title"},
              "text": {"type": "string", "maxLength": 20, "x-placeholders-from": "acts"},
              "list": {"type": "array", "maxItems": 4, "x-count-from": "count", "items": {"type": "string"}}}}""";
    private static final String FALLBACK = """
            {"title": "A very long title", "text": "{{a}}",
             "list": [{"$each": "n : ${range(count)}", "$give": "[(${n})] [(${cycle(acts, n) ?: 'none'})]"}]}""";
    private static final String PLATFORMS = """
            shows:
              hall: { title: { most: 10 }, custom: quiet }
              hall/lyon: { title: { most: 12 }, custom: loud }
              any: { title: { most: 5, count: utf-16, hashtags: 1 }, custom: open }
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void aSmallKind() throws IOException {
        Files.createDirectories(directory.resolve("shows"));
        Files.createDirectories(directory.resolve("_partials"));
        write("_platforms.yml", PLATFORMS);
        write("_partials/tail.txt", "Be [(${rules.custom})].\nThe end.\n");
        write("shows/kind.yml", KIND);
        write("shows/v1.txt", "=== user\nOn [(${stage})]:\n=== include tail\nGo.\n");
        write("shows/schema.json", SCHEMA);
        write("shows/fallback.json", FALLBACK);
    }

    @Test
    void aPartialStandsWhereItIsIncluded() {
        assertThat(prompt(Json.object().put("stage", "hall"))).isEqualTo("On hall:\nBe quiet.\nThe end.\nGo.");
    }

    @ParameterizedTest
    @CsvSource({"hall, '', quiet, 10", "hall, Lyon, loud, 12", "hall, Rome, quiet, 10", "Yard, Lyon, open, 5"})
    void theNarrowestRowHoldsAndGivesDefaults(String stage, String city, String custom, int most) {
        ObjectNode body = Json.object().put("stage", stage).put("city", city);
        assertThat(prompt(body)).contains("Be " + custom);
        assertThat(kind().input(body).path("most").intValue()).isEqualTo(most);
    }

    @Test
    void theHashCoversPartialsAndRules() throws IOException {
        String before = kind().version("").hash();
        write("_partials/tail.txt", "Another end.\n");
        String other = kind().version("").hash();
        assertThat(other).isNotEqualTo(before);
        write("_platforms.yml", PLATFORMS.replace("quiet", "silent"));
        assertThat(kind().version("").hash()).isNotIn(before, other);
    }

    @Test
    void theFallbackRepeatsAndIsCut() {
        ObjectNode body = Json.object().put("stage", "hall").put("count", 3);
        body.putArray("acts").add("a").add("b");
        assertThat(kind().fallback(kind().input(body)))
                .hasToString("{\"title\":\"A very…\",\"text\":\"{{a}}\",\"list\":[\"1 a\",\"2 b\",\"3 a\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '!',
            value = {
                "{\"stage\":\"hall\"}~{\"title\":\"12345678901\"}~'title' 11 characters (expected: at most 10 characters)",
                "{\"stage\":\"x\"}~{\"title\":\"🙂🙂🙂\"}~'title' 6 characters (expected: at most 5 characters, counted as utf-16)",
                "{\"stage\":\"x\"}~{\"title\":\"#a #b\"}~'title' 2 hashtags (expected: at most 1 hashtags)",
                "{\"acts\":[\"a\",\"b\"]}~{\"text\":\"{{a}} b\"}~'text' 1 placeholders missing (expected: {{…}} for every element of 'acts')",
                "{\"count\":2}~{\"list\":[\"x\"]}~'list' 1 elements (expected: exactly 2 elements)"
            })
    void whatTheRequestDemandsIsTold(String input, String answer, String told) {
        ObjectNode whole = (ObjectNode) Json.LENIENT_DEPTH.read("{\"title\":\"t\",\"text\":\"\",\"list\":[]}");
        whole.setAll((ObjectNode) Json.LENIENT_DEPTH.read(answer));
        assertThat(kind().violation(whole, Json.LENIENT_DEPTH.read(input)).orElseThrow())
                .hasToString(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "shows/v1.txt~=== user|=== include tial~v1.txt:2: '=== include tial' names no partial (expected one of: tail)",
                "shows/v1.txt~=== user|=== include ../x~v1.txt:2: '=== include ../x' names no partial",
                "shows/v1.txt~=== user|=== include~v1.txt:2: '=== include' names no partial",
                "_partials/tail.txt~x|=== user~_partials/tail.txt:2: a line that starts with ===",
                "_partials/tail.txt~x|=== include tail~_partials/tail.txt:2: a line that starts with ===",
                "_partials/tail.txt~x|[(${T(x)})]~_partials/tail.txt:2: function 'T'",
                "_partials/tail.txt~x|[(${nope})]~_partials/tail.txt:2: names [nope]",
                "_platforms.yml~shows: [a]~_platforms.yml:1: 'shows' is not a table",
                "_platforms.yml~shows: { any: 3 }~_platforms.yml:1: 'shows' row 'any' is not a mapping",
                "_platforms.yml~a: {}|shows: { any: { title: { most: 0 } } }~_platforms.yml:2: 'shows' any.title: 'most' (expected",
                "_platforms.yml~shows: { any: { title: { most: 1, count: bytes } } }~any.title: 'count' (expected one of: code-points",
                "_platforms.yml~shows: { any: { title: { mots: 1 } } }~any.title: 'mots' is unknown (expected one of: most",
                "_platforms.yml~shows: { hall: { title: { most: 1 } } }~kind.yml:2: 'rules': a row for every value of [stage, city]",
                "_platforms.yml~shows: { any: { titel: { most: 1 } } }~kind.yml:2: 'input': 'x-default-from' (expected: an entry",
                "_platforms.yml~other: {}~kind.yml:2: 'rules': table 'shows' (expected one of"
            })
    void aMistakeIsToldWithItsPlace(String file, String text, String message) throws IOException {
        write(file, text.replace('|', '\n'));
        refused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "kind.yml~by: [stage, city]~by: stage~kind.yml:2: 'rules' is not one",
                "kind.yml~by: [stage, city]~by: [count]~kind.yml:2: 'rules': 'by' count (expected: text fields",
                "kind.yml~count: {~rules: {~kind.yml:2: 'input': field 'rules'",
                "schema.json~x-limit~x-limits~schema.json:2: 'x-limits' is unknown (expected one of: x-max-length-from",
                "schema.json~\"x-limit\": \"title\"~\"x-limit\": \"size\"~schema.json:2: 'x-limit' (expected: an entry",
                "schema.json~\"acts\"~\"city\"~schema.json:3: 'x-placeholders-from' (expected: an array field of the input)",
                "schema.json~\"count\"~\"acts\"~schema.json:4: 'x-count-from' (expected: an integer field of the input)",
                "schema.json~{\"type\": \"string\"}}}}~{\"x-limit\": \"title\"}}}}~schema.json:2: 'x-limit' stands below the first level",
                "fallback.json~n : ~n of ~fallback.json:1: 'n of ${range(count)}' (expected: name : ${list})",
                "fallback.json~$give~$then~fallback.json: '$each' without '$give'",
                "fallback.json~range(count)~range(cuont)~fallback.json:2: names [cuont]"
            })
    void aWrongKeywordIsToldWithItsPlace(String file, String what, String instead, String message) throws IOException {
        Path path = directory.resolve("shows").resolve(file);
        Files.writeString(path, Files.readString(path).replace(what, instead));
        refused(message);
    }

    @Test
    void whileTheSharedFileIsWrongEveryKindStaysAsItWas() throws IOException {
        Kinds kinds = new Kinds(directory);
        kinds.require();
        write("_platforms.yml", "shows: [");
        assertThat(kinds.reload()).containsOnlyKeys("shared");
        assertThat(kinds.names()).containsExactly("shows");
    }

    /** Between the first reading and the watcher's start lies the rest of the application's. */
    @Test
    void aChangeBeforeTheWatcherStartsIsTaken() throws IOException {
        Kinds kinds = new Kinds(directory);
        kinds.require();
        write("_platforms.yml", "shows: [");
        KindsWatcher watcher =
                new KindsWatcher(kinds, new StaticListableBeanFactory().getBeanProvider(MeterRegistry.class));
        watcher.start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (kinds.refused().isEmpty()) {
                assertThat(System.nanoTime()).as("not taken within 20 s").isLessThan(end);
                Thread.onSpinWait();
            }
        } finally {
            watcher.stop();
        }
        assertThat(kinds.refused()).containsOnlyKeys("shared");
    }

    private Kind kind() {
        return new Kinds(directory).get("shows");
    }

    private String prompt(ObjectNode body) {
        Kind kind = kind();
        List<Part> parts =
                kind.prompt(kind.version(""), kind.input(body)).turns().get(0).parts();
        return ((Part.Text) parts.get(0)).text();
    }

    private void refused(String message) {
        assertThatThrownBy(() -> new Kinds(directory).require())
                .isInstanceOf(PromptException.class)
                .hasMessageContaining(message);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
