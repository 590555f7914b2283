package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Trees as Jackson reads them, and its words for what is none. */
class JsonTests {

    static Stream<String> documents() {
        return Stream.of(
                "",
                "  \n",
                "null",
                "true",
                "[]",
                "{}",
                "\"text \\u00e9\\n\"",
                "[1,-1,0,-0,2147483647,2147483648,-9223372036854775808,9223372036854775808,12345678901234567890123]",
                "[1.0,1.10,-0.0,1e2,1E+5,1.5e-7,123456789.123456789123456789,1e308]",
                "{\"a\":{\"b\":[{\"c\":null},false,\"\",[[]]]},\"d\":\"\ud83d\ude00 ü\",\"\":1}",
                "[".repeat(60) + "]".repeat(60));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aTreeIsAsJacksonReadsIt(String document) {
        Json json = new Json(64);
        JsonNode tree = json.read(bytes(document));
        JsonNode jacksons = json.mapper().readTree(bytes(document));
        assertThat(tree).isEqualTo(jacksons);
        assertThat(tree.getNodeType()).isEqualTo(jacksons.getNodeType());
        if (!tree.isMissingNode()) {
            assertThat(json.text(tree)).isEqualTo(json.text(jacksons));
        }
        for (int i = 0; i < tree.size() && tree.isArray(); i++) {
            assertThat(tree.get(i)).hasSameClassAs(jacksons.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aTreeIsWrittenAsJacksonWritesIt(String document) {
        Json json = new Json(64);
        JsonNode tree = json.read(bytes(document));
        assertThat(json.write(tree)).isEqualTo(json.mapper().writeValueAsBytes(tree));
    }

    @Test
    void whatWasNeverReadIsWrittenAsJacksonWritesIt() {
        ObjectNode tree = Json.object()
                .put("double", 1.5e-7)
                .put("float", 1.1f)
                .put("short", (short) 7)
                .put("nan", Double.NaN)
                .put("bytes", new byte[] {1, 2, 3})
                .put("long text", "ü\ud83d\ude00\"\\/\u2028".repeat(5000))
                .putPOJO("date", List.of(1, 2));
        assertThat(Json.LENIENT_DEPTH.write(tree))
                .isEqualTo(Json.LENIENT_DEPTH.mapper().writeValueAsBytes(tree));
        tree.remove(List.of("bytes", "date"));
        assertThat(Json.LENIENT_DEPTH.write(tree))
                .isEqualTo(Json.LENIENT_DEPTH.mapper().writeValueAsBytes(tree));
    }

    @Test
    void whatIsNoUnicodeIsToldInJacksonsWords() {
        ObjectNode tree = Json.object().put("half", "a\ud83d");
        Throwable told = catchThrowable(() -> Json.LENIENT_DEPTH.write(tree));
        Throwable jacksons = catchThrowable(() -> Json.LENIENT_DEPTH.mapper().writeValueAsBytes(tree));
        if (jacksons == null) {
            assertThat(told).isNull();
        } else {
            assertThat(told).hasSameClassAs(jacksons).hasMessage(jacksons.getMessage());
        }
    }

    static Stream<String> noDocuments() {
        return Stream.of(
                "{",
                "[1,",
                "[1 2]",
                "{\"a\":1,\"a\":2}",
                "{\"b\":[{\"x\":1,\"y\":{},\n \"x\":2}]}",
                "{} {}",
                "1 1",
                "]",
                "{\"a\"}",
                "nul",
                "NaN",
                "[1e400000000]",
                "\"\u0001\"",
                "1".repeat(401),
                "[".repeat(65) + "]".repeat(65));
    }

    @ParameterizedTest
    @MethodSource("noDocuments")
    void whatIsNoneIsToldInJacksonsWords(String text) {
        Json json = new Json(64);
        Throwable told = catchThrowable(() -> json.read(bytes(text)));
        Throwable jacksons = catchThrowable(() -> json.mapper().readTree(bytes(text)));
        assertThat(told).isInstanceOf(JacksonException.class);
        if (jacksons instanceof JacksonException known) {
            assertThat(told).hasSameClassAs(jacksons).hasMessage(jacksons.getMessage());
            assertThat(((JacksonException) told).getLocation()).isEqualTo(known.getLocation());
        }
    }

    @Test
    void aNumberThatNoDoubleHoldsIsRefused() {
        assertThat(catchThrowable(() -> Json.LENIENT_DEPTH.read(bytes("[1e310]"))))
                .isInstanceOf(StreamReadException.class)
                .hasMessageContaining("number out of range");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
