package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.prompt.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever a caller writes stands in the prompt as written, between fences that it cannot end, and runs nothing. Each prompt
 * is rendered twice: with the caller's texts, and with a harmless mark in place of each. They must be the same but for the
 * marks.
 */
class UntrustedTextTests {

    private static final Set<String> CHOSEN = Set.of("platform", "email_type", "ad_type", "page_type");

    static Set<String> kinds() {
        return Contents.SHIPPED.names();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyAttackInEveryFieldIsOnlyText(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        for (String attack : Untrusted.ATTACKS) {
            standsAsWritten(kind, new RandomInput(kind.prompt().inputSchema(), new Random(1), () -> attack).full());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void randomTextsAreOnlyText(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        long seed = new Random().nextLong();
        System.out.println(name + " seed " + seed);
        Random random = new Random(seed);
        RandomInput inputs = new RandomInput(kind.prompt().inputSchema(), random, () -> Untrusted.text(random));
        for (int i = 0; i < 200; i++) {
            standsAsWritten(kind, inputs.next());
        }
    }

    private static void standsAsWritten(Kind kind, ObjectNode body) {
        List<String> texts = new ArrayList<>();
        ObjectNode marked = (ObjectNode) marked(body, texts);
        List<String> expected = turns(kind, marked);
        List<String> turns = turns(kind, body);
        assertThat(turns).hasSameSizeAs(expected);
        for (int i = 0; i < turns.size(); i++) {
            Fenced found = Fenced.of(turns.get(i));
            Fenced wanted = Fenced.of(expected.get(i));
            assertThat(found.outside()).isEqualTo(wanted.outside());
            assertThat(found.inside())
                    .isEqualTo(wanted.inside().stream()
                            .map(block -> unmarked(block, texts))
                            .toList());
        }
        String all = String.join("\n", turns);
        assertThat(texts).allSatisfy(text -> assertThat(all).contains(text));
    }

    /** A copy with a mark for each free text; the texts in the order of their marks. */
    private static JsonNode marked(JsonNode node, List<String> texts) {
        if (node.isString()) {
            texts.add(node.stringValue());
            return tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(mark(texts.size() - 1));
        }
        if (node.isArray()) {
            ArrayNode array = Json.object().putArray("copy");
            node.forEach(element -> array.add(marked(element, texts)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            node.properties()
                    .forEach(member -> object.set(member.getKey(), kept(member.getKey(), member.getValue(), texts)));
            return object;
        }
        return node;
    }

    private static JsonNode kept(String name, JsonNode value, List<String> texts) {
        return CHOSEN.contains(name) && value.isString() ? value : marked(value, texts);
    }

    private static String mark(int index) {
        return "\ue000" + index + "\ue001";
    }

    private static String unmarked(String text, List<String> texts) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int from = text.indexOf('\ue000'); from >= 0; from = text.indexOf('\ue000', at)) {
            int end = text.indexOf('\ue001', from);
            out.append(text, at, from).append(texts.get(Integer.parseInt(text.substring(from + 1, end))));
            at = end + 1;
        }
        return out.append(text.substring(at)).toString();
    }

    /** The blocks between lines of backticks, and the text around them. */
    private record Fenced(String outside, List<String> inside) {

        static Fenced of(String text) {
            StringBuilder outside = new StringBuilder();
            List<String> inside = new ArrayList<>();
            String rest = text + "\n";
            while (!rest.isEmpty()) {
                int end = rest.indexOf('\n') + 1;
                String line = rest.substring(0, end);
                rest = rest.substring(end);
                if (line.matches("`{3,}\n")) {
                    int close = ("\n" + rest).indexOf("\n" + line);
                    assertThat(close).as("the fence's end").isNotNegative();
                    inside.add(close == 0 ? "" : rest.substring(0, close - 1));
                    rest = rest.substring(close + line.length());
                } else {
                    outside.append(line);
                }
            }
            return new Fenced(outside.toString(), inside);
        }
    }

    private static List<String> turns(Kind kind, ObjectNode body) {
        return kind.prompt(kind.version(""), kind.input(body)).turns().stream()
                .map(Turn::parts)
                .map(parts ->
                        parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining()))
                .toList();
    }
}
