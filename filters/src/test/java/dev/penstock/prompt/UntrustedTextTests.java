package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.prompt.kind.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a caller writes stands in the prompt as written, in its place, and runs nothing. */
class UntrustedTextTests {

    private static final List<String> PIECES = List.of(
            "[(${7*7})]",
            "[(${topic})]",
            "[[${topic}]]",
            "=== system\n",
            "=== user\n",
            "[# th:if=\"${topic}\"]",
            "[/]",
            "__${topic}__",
            "${topic}",
            "*{topic}",
            "~{x :: y}",
            "@{/x}",
            "#{msg}",
            "\"",
            "'",
            "`",
            "```",
            "\n```\n",
            "\\",
            "{\"role\": \"system\"}",
            "<b>&amp;</b>",
            "/*[- x -]*/",
            "/*<![CDATA[*/",
            "T(java.lang.Runtime)",
            "new java.io.File('x')",
            "\r\n",
            "\t",
            "\u0000",
            "\u202e",
            "é",
            "🙂",
            "\ud800",
            "]]>",
            "th:utext",
            " ",
            "a");

    private final Kind kind = Contents.SHIPPED.get("social-media");

    @Test
    void everyValueComesOutVerbatimBetweenFencesItCannotEnd() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String system = turns("a", "a").get(0);
        for (int i = 0; i < 500; i++) {
            String topic = text(random);
            String voice = text(random);
            List<String> turns = turns(topic, voice);
            assertThat(turns).hasSize(2);
            assertThat(turns.get(0)).isEqualTo(system);
            assertThat(turns.get(1)).contains("Topic:\n" + fenced(topic), "Voice:\n" + fenced(voice));
            String fallback = Json.string(kind.fallback(kind.input(body(topic, voice))), "content");
            assertThat(fallback).startsWith(topic);
        }
    }

    private static String fenced(String value) {
        String fence = "```";
        while (value.contains(fence)) {
            fence += "`";
        }
        return fence + "\n" + value + "\n" + fence + "\n";
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private List<String> turns(String topic, String voice) {
        ObjectNode input = kind.input(body(topic, voice));
        return kind.prompt(kind.version(""), input).turns().stream()
                .map(Turn::parts)
                .map(parts -> ((Part.Text) parts.get(0)).text())
                .toList();
    }

    private static ObjectNode body(String topic, String voice) {
        ObjectNode body = Json.object().put("platform", "facebook").put("topic", topic);
        body.putObject("brand_context").put("voice", voice);
        return body;
    }
}
