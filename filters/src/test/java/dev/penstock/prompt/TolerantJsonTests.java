package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link TolerantJson}. */
class TolerantJsonTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"hi\"}",
                "Sure! Here it is:\n\n{\"content\": \"hi\"}\n\nAnything else?",
                "```json\n{\"content\": \"hi\"}\n```",
                "a {draft} of {it's} own: {\"content\": \"hi\",}",
                "{'content': 'hi'}",
                "{\"content\": \"hi\"} {\"content\": \"cut",
                "}}} {\"content\":\"hi\"}"
            })
    void findsTheObject(String text) {
        assertThat(TolerantJson.objects(text)).first().hasToString("{\"content\":\"hi\"}");
    }

    @Test
    void rawLineBreaksInStringsAreKept() {
        assertThat(TolerantJson.objects("{\"content\": \"a\n\tb\"}")
                        .get(0)
                        .get("content")
                        .stringValue())
                .isEqualTo("a\n\tb");
    }

    @Test
    void bracesInsideStringsAreText() {
        assertThat(TolerantJson.objects("x {\"content\": \"a } {\\\" b\"} y")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no object here",
                "[1, 2]",
                "{\"content\": \"cut in the mid",
                "{\"content\": \"whole\"",
                "{\"posts\": [{\"content\": \"inner\"}, {\"content\": \"cu",
                "{\"content\": \"a\", \"content\": \"b\"}",
                "{content: hi}"
            })
    void neverCompletesOrGuesses(String text) {
        assertThat(TolerantJson.objects(text)).isEmpty();
    }

    @Test
    void manyBracesEndSoon() {
        assertThat(TolerantJson.objects("{x".repeat(200_000))).isEmpty();
        assertThat(TolerantJson.objects("{\"a\":".repeat(200_000))).isEmpty();
    }

    @Test
    void anyCutOfAnAnswerIsEitherWholeOrNothing() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        String text = "Here: {\"content\": \"a {b} 'c' \\\"d\\\" é🙂\", \"n\": [1, 2.5]} done";
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String cut = text.substring(0, random.nextInt(text.length() + 1));
            boolean whole = cut.contains("]}");
            assertThat(TolerantJson.objects(cut)).as(cut).hasSize(whole ? 1 : 0);
        }
    }
}
