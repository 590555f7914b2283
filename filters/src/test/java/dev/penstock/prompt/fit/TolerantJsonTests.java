package dev.penstock.prompt.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link TolerantJson}. */
class TolerantJsonTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"hi\"}",
                "Sure! Here it is:\n\n{\"content\": \"hi\"}\n\nAnything else?",
                "```json\n{\"content\": \"hi\"}\n```",
                "a {draft} of {it's} own: {\"content\": \"hi\"}",
                "{\"content\": \"hi\"} {\"content\": \"cut",
                "}}} {\"content\":\"hi\"}",
                "[{\"content\":\"hi\"}]"
            })
    void whatStandsAroundAnObjectIsNotItsFault(String text) {
        Found found = TolerantJson.objects(text).get(0);
        assertThat(found.object()).hasToString("{\"content\":\"hi\"}");
        assertThat(found.mended()).isFalse();
        assertThat(found.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'content': 'hi'}",
                "{\"content\": \"hi\",}",
                "{,\"content\": \"hi\"}",
                "{content: \"hi\"}",
                "{“content”: “hi”}",
                "{\uFEFF\"content\"\u200B: \"hi\"}",
                "{\"content\": \"hi\" // the post\n}",
                "{/* the post */ \"content\": \"hi\"}",
                "{\"content\": \"\"\"hi\"\"\"}",
                "{\\\"content\\\": \\\"hi\\\"}",
                "\"{\\\"content\\\": \\\"hi\\\"}\"",
                "{\"content\"：\"hi\"}",
                "{`content`: `hi`}"
            })
    void otherQuotesCommasAndCommentsAreMended(String text) {
        Found found = TolerantJson.objects(text).get(0);
        assertThat(found.object()).hasToString("{\"content\":\"hi\"}");
        assertThat(found.mended()).isTrue();
        assertThat(found.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"x\" \"b\": [1 2], \"c\": True}",
                "{\"a\": \"x\"\n\"b\": [1, 2,,], \"c\": true}",
                "{\"a\": \"x\", b: [1, +2], c: True,}",
                "{\"a\": \"x\", \"b\": [01, 2.], \"c\": TRUE}",
                "{\"a\": \"x\", \"b\": [1, 2, \"c\": true}"
            })
    void forgottenCommasAndPythonsWordsAreMended(String text) {
        ObjectNode object = TolerantJson.objects(text).get(0).object();
        assertThat(object.get("a").stringValue()).isEqualTo("x");
        assertThat(object.get("b").get(0).intValue()).isEqualTo(1);
    }

    @Test
    void quotesInsideTextsStay() {
        String text = "{\"content\": \"She said \"come in\" and \"sit\", then left\", \"more\": 'it's fine'}";
        ObjectNode object = TolerantJson.objects(text).get(0).object();
        assertThat(object.get("content").stringValue()).isEqualTo("She said \"come in\" and \"sit\", then left");
        assertThat(object.get("more").stringValue()).isEqualTo("it's fine");
    }

    @Test
    void rawLineBreaksInStringsAreKept() {
        Found found = TolerantJson.objects("{\"content\": \"a\n\tb\"}").get(0);
        assertThat(found.object().get("content").stringValue()).isEqualTo("a\n\tb");
        assertThat(found.mended()).isTrue();
    }

    @Test
    void halfASurrogatePairIsReplaced() {
        Found found = TolerantJson.objects("{\"content\": \"a\\ud83d b \\ud83d\\ude00\"}")
                .get(0);
        assertThat(found.object().get("content").stringValue()).isEqualTo("a\uFFFD b \uD83D\uDE00");
        assertThat(found.mended()).isTrue();
    }

    @Test
    void aTextThatWasCutIsNeverCompleted() {
        assertThat(TolerantJson.objects("{\"content\": \"cut in the mid").get(0))
                .isEqualTo(new Found(Json.object(), true, true));
        assertThat(TolerantJson.objects("{\"content\": \"whole\", \"n\": 12").get(0))
                .isEqualTo(new Found(Json.object().put("content", "whole"), true, true));
        assertThat(TolerantJson.objects("{\"posts\": [{\"content\": \"inner\"}, {\"content\": \"cu")
                        .get(0)
                        .object())
                .hasToString("{\"posts\":[{\"content\":\"inner\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no object here",
                "[1, 2]",
                "{\"content\": \"a\", \"content\": \"b\"}",
                "{content: hi}",
                "{content}",
                "{\"a\": [1, ...]}",
                "{\"a\": \"b\"]"
            })
    void neverGuesses(String text) {
        assertThat(TolerantJson.objects(text)).isEmpty();
    }

    @Test
    void noTextIsSlowToRefuse() {
        for (String piece : new String[] {
            "{",
            "{x",
            "{\"a\":",
            "{\"",
            "{\"a\":[",
            "[{",
            "{'",
            "\"",
            "{\"a\":\"b\" \"",
            "{/*",
            "{\"a\":\"\\",
            "{ \" , ",
            "{\\\"a\\\":"
        }) {
            String text = piece.repeat(TolerantJson.LONGEST / piece.length());
            long from = System.nanoTime();
            TolerantJson.objects(text);
            assertThat(System.nanoTime() - from).as(piece).isLessThan(5_000_000_000L);
        }
        assertThat(TolerantJson.objects(" ".repeat(TolerantJson.LONGEST) + "{\"a\":1}"))
                .isEmpty();
    }

    @Test
    void whatIsJsonIsReadAsItStands() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode tree = Json.object();
            for (int n = random.nextInt(4); n >= 0; n--) {
                tree.set(text(random), tree(random, 4));
            }
            String written = random.nextBoolean() ? Json.LENIENT_DEPTH.text(tree) : tree.toPrettyString();
            JsonNode expected = Json.LENIENT_DEPTH.read(written);
            Found found = TolerantJson.objects(written).get(0);
            assertThat(Json.LENIENT_DEPTH.text(found.object()))
                    .as("seed %s", seed)
                    .isEqualTo(Json.LENIENT_DEPTH.text(expected));
            assertThat(found.mended()).as(written).isFalse();
        }
    }

    private static JsonNode tree(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0:
                return nodes.numberNode(random.nextInt());
            case 1:
                return nodes.numberNode(random.nextDouble());
            case 2:
                return nodes.booleanNode(random.nextBoolean());
            case 3:
                return nodes.nullNode();
            case 4:
                return nodes.stringNode(text(random));
            case 5:
                ArrayNode array = nodes.arrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(tree(random, depth - 1));
                }
                return array;
            default:
                ObjectNode object = nodes.objectNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    object.set(text(random), tree(random, depth - 1));
                }
                return object;
        }
    }

    private static String text(Random random) {
        String letters = "ab \"'{}[]:,\\/\n\t“”’`#/*é🙂\u0001true1-";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            int from = random.nextInt(letters.length());
            text.appendCodePoint(letters.codePointAt(Character.isLowSurrogate(letters.charAt(from)) ? from - 1 : from));
        }
        return text.toString();
    }
}
