package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Settings;
import dev.penstock.upstream.UpstreamSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a file must be before it means anything. */
class ReadingTests {

    @Test
    void theSampleIsRight() {
        assertThat(Compiling.problems(Sample.YAML)).isEmpty();
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(Compiling.problems("# nothing\n"))
                .containsExactly("routes.yml: empty (expected: providers, models, services, routes)");
    }

    @Test
    void whatIsNotYamlNamesItsPlace() {
        assertThat(Compiling.problems("providers:\n  a: [ b\n"))
                .containsExactly("routes.yml:3:1: not YAML: expected ',' or ']', but got <stream end>");
    }

    @Test
    void aFileWithAHalfWrittenCharacterIsRefused() {
        byte[] bytes = {'a', ':', ' ', (byte) 0xc3};
        assertThat(catchProblem(bytes)).isEqualTo("routes.yml: not UTF-8");
    }

    @Test
    void aHugeFileIsRefused() {
        assertThat(Compiling.problems("#".repeat(3 << 20))).containsExactly("routes.yml: larger than 1048576 bytes");
    }

    @Test
    void deepNestingIsRefusedBeforeItCostsAStack() {
        assertThat(Compiling.problems("a: " + "[".repeat(500_000)))
                .containsExactly("routes.yml:1:35: nested deeper than 32");
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [ x ]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [ *a%d, *a%d ]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(Compiling.problems(bomb.toString()))
                .contains("routes.yml: more than 50000 values, aliases followed");
    }

    @Test
    void anAnchorThatHoldsItselfIsRefused() {
        assertThat(Compiling.problems("teams: &a { b: *a }\n")).isNotEmpty();
    }

    @Test
    void aDuplicateKeyNamesBothPlaces() {
        Sample.problems("    dialect: openai\n", "    dialect: openai\n    dialect: mock\n")
                .containsExactly("routes.yml:4:5 providers.openai.dialect: duplicate key (expected: once; first at"
                        + " routes.yml:3:5)");
    }

    @Test
    void noAndLeadingZerosAreTexts() {
        Sample.problems("connect: 2s }", "connect: 2s }\n    allow-private: no")
                .containsExactly("routes.yml:7:20 providers.openai.allow-private: 'no' (expected: true or false)");
        Settings settings = Compiling.compile(Sample.with("model: marketer", "model: 012"), Map.of())
                .settings();
        assertThat(settings.get(UpstreamSettings.class)
                        .models()
                        .get("default")
                        .targets()
                        .get(0)
                        .model())
                .isEqualTo("012");
    }

    @Test
    void aVariableWithoutDefaultMustBeSet() {
        Sample.problems("connect: 2s", "connect: \"${CONNECT}\"")
                .containsExactly("routes.yml:6:25 providers.openai.timeout.connect: ${CONNECT} is not set (expected: an"
                        + " environment variable, or a default as in ${CONNECT:default})");
    }

    @Test
    void defaultsMayHoldVariables() {
        String yaml = Sample.with("model: marketer", "model: \"${A:${B:x}}-${C:${D:}y}\"");
        assertThat(model(yaml, Map.of())).isEqualTo("x-y");
        assertThat(model(yaml, Map.of("B", "b", "D", "d"))).isEqualTo("b-dy");
        assertThat(model(yaml, Map.of("A", "a", "C", "c"))).isEqualTo("a-c");
    }

    @Test
    void anEmptyVariableTakesTheDefault() {
        String yaml = Sample.with("model: marketer", "model: \"${A:x}${B}\"");
        assertThat(model(yaml, Map.of("A", "", "B", ""))).isEqualTo("x");
    }

    @Test
    void aVariablesValueIsNeverReadAgain() {
        String yaml = Sample.with("model: marketer", "model: \"${A}\"");
        assertThat(model(yaml, Map.of("A", "[ ${HOME}, *x, 'y ]"))).isEqualTo("[ ${HOME}, *x, 'y ]");
    }

    @Test
    void aVariableThatIsNotClosedIsRefused() {
        Sample.problems("model: marketer", "model: \"${A:\"")
                .containsExactly("routes.yml:10:41 models.default.targets[0].model: ${…} is not closed (expected: })");
    }

    private static String model(String yaml, Map<String, String> environment) {
        return Compiling.compile(yaml, environment)
                .settings()
                .get(UpstreamSettings.class)
                .models()
                .get("default")
                .targets()
                .get(0)
                .model();
    }

    private static String catchProblem(byte[] bytes) {
        try {
            Compiling.compile(bytes, Map.of());
            return "";
        } catch (dev.penstock.routes.file.ConfigException refused) {
            return refused.getMessage();
        }
    }
}
