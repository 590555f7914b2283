package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.penstock.core.Json;
import dev.penstock.routes.bind.SchemaOfRecords;
import dev.penstock.routes.check.Sections;
import dev.penstock.testing.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds docs/routes.schema.json to what the parser takes. */
class RoutesSchemaTests {

    private static final Path ROOT = Path.of(System.getProperty("penstock.root", ".."));
    private static final ObjectNode TREE = SchemaOfRecords.of(Sections.class, "routes.yml of Penstock");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TREE);

    @Test
    void theDocumentIsUpToDate() {
        String text =
                Json.LENIENT_DEPTH.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(TREE);
        Generated.check("docs/routes.schema.json", text + "\n");
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> examples = Files.walk(ROOT.resolve("docs/examples"))) {
            List<Path> files =
                    examples.filter(path -> path.endsWith("routes.yml")).toList();
            return Stream.concat(Stream.of(ROOT.resolve("routes.yml")), files.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatIsShippedFits(Path file) throws IOException {
        assertThat(SCHEMA.validate(tree(Files.readString(file)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets: | strategi: priority, targets:",
                "dialect: mock | dialect: mock, latencies: 1s",
                "model: marketer | model: [ a ]",
                "targets: | failover: perhaps, targets:",
                "targets: | strategy: wayward, targets:",
            })
    void whatTheParserRefusesDoesNotFit(String found, String broken) {
        String good = """
                providers: { mock: { dialect: mock } }
                models: { default: { targets: [ { provider: mock, model: marketer } ] } }
                """;
        assertThat(SCHEMA.validate(tree(good))).isEmpty();
        String yaml = good.replace(found, broken);
        assertThat(yaml).isNotEqualTo(good);
        assertThat(SCHEMA.validate(tree(yaml))).isNotEmpty();
        assertThat(Compiling.problems(yaml, Map.of())).isNotEmpty();
    }

    private static JsonNode tree(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return Json.LENIENT_DEPTH.mapper().valueToTree(loaded);
    }
}
