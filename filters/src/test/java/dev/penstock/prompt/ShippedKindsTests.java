package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Json;
import dev.penstock.core.Turn;
import dev.penstock.prompt.kind.Kind;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The nine kinds of prompts/: what each takes and gives, and that no input leaves it without an answer. */
class ShippedKindsTests {

    static Set<String> kinds() {
        return Contents.SHIPPED.names();
    }

    @Test
    void theNineAreThere() {
        assertThat(kinds())
                .containsExactly(
                        "ad-copy",
                        "analytics-insights",
                        "brand-compliance",
                        "campaign-plan",
                        "email",
                        "landing-page",
                        "optimization",
                        "social-media",
                        "variations");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExampleRendersASystemTurnAndEndsWithTheUsers(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        ObjectNode input = kind.input(kind.prompt().example());
        var turns = kind.prompt(kind.version(""), input).turns();
        assertThat(turns.get(0).role()).isEqualTo(Turn.Role.SYSTEM);
        assertThat(turns.get(turns.size() - 1).role()).isEqualTo(Turn.Role.USER);
        assertThat(turns.toString()).contains("Answer with one JSON object", "Material from the user stands between");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aProviderCanHoldItsModelToTheAnswersSchema(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        ChatRequest prompt =
                kind.prompt(kind.version(""), kind.input(kind.prompt().example()));
        assertThat(prompt.format()).isInstanceOfSatisfying(AnswerFormat.JsonSchema.class, format -> {
            assertThat(format.name()).isEqualTo(name);
            assertThat(format.strict()).isTrue();
            assertThat(format.schema().toString()).doesNotContain("\"x-", "minLength", "$schema");
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theFallbackFitsWhateverValidRequest(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        long seed = new Random().nextLong();
        System.out.println(name + " seed " + seed);
        Random random = new Random(seed);
        RandomInput inputs = new RandomInput(kind.prompt().inputSchema(), random, () -> Untrusted.text(random));
        for (int i = 0; i < 500; i++) {
            ObjectNode body = inputs.next();
            ObjectNode input = kind.input(body);
            ObjectNode fallback = kind.fallback(input);
            assertThat(kind.violation(fallback, input))
                    .as("%s for %s", fallback, body)
                    .isEmpty();
            assertThat(kind.fallback(kind.input(body))).isEqualTo(fallback);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyTextAndListThatItTakesIsBounded(String name) {
        bounded(name, Contents.SHIPPED.get(name).prompt().inputSchema());
    }

    private static void bounded(String path, JsonNode schema) {
        String type = schema.path("type").toString();
        boolean isChosen = schema.has("enum");
        assertThat(isChosen || !type.contains("string") || schema.has("maxLength"))
                .as(path + " maxLength")
                .isTrue();
        assertThat(!type.contains("array") || schema.has("maxItems"))
                .as(path + " maxItems")
                .isTrue();
        boolean isOpen = schema.path("additionalProperties").asBoolean(true);
        assertThat(!type.contains("object") || !isOpen || schema.has("maxProperties"))
                .as(path + " maxProperties")
                .isTrue();
        for (String below : Set.of("properties", "$defs")) {
            schema.path(below).properties().forEach(member -> bounded(path + "." + member.getKey(), member.getValue()));
        }
        if (schema.path("items").isObject()) {
            bounded(path + "[]", schema.path("items"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '!',
            value = {
                "social-media~{'platform': 'twitter', 'topic': 'T'}~{'content': '%s'}~日~140~",
                "social-media~{'platform': 'twitter', 'topic': 'T'}~{'content': '%s'}~日~141~282 characters",
                "social-media~{'platform': 'facebook', 'topic': 'T'}~{'content': '%s'}~日~281~",
                "social-media~{'platform': 'instagram', 'topic': 'T'}~{'content': '%s'}~#a.~30~",
                "social-media~{'platform': 'instagram', 'topic': 'T'}~{'content': '%s'}~#a.~31~31 hashtags",
                "email~{'email_type': 'welcome', 'subject': 'S', 'personalization': ['a']}~{'subject': 'S', 'content': '%s'}~{{a}}~1~",
                "email~{'email_type': 'welcome', 'subject': 'S', 'personalization': ['a']}~{'subject': 'S', 'content': '%s'}~{a}~1~1 placeholders missing",
                "email~{'email_type': 'welcome', 'subject': 'S'}~{'content': 'c', 'subject': '%s'}~s~79~79 characters",
                "ad-copy~{'ad_type': 'search', 'objective': 'O'}~{'headline': '%s', 'description': 'd', 'call_to_action': 'c'}~x~30~",
                "ad-copy~{'ad_type': 'search', 'objective': 'O'}~{'headline': '%s', 'description': 'd', 'call_to_action': 'c'}~x~31~at most 30",
                "ad-copy~{'ad_type': 'search', 'objective': 'O'}~{'headline': '%s', 'description': 'd', 'call_to_action': 'c'}~日~16~32 characters",
                "ad-copy~{'ad_type': 'social', 'platform': 'LinkedIn', 'objective': 'O'}~{'headline': '%s', 'description': 'd', 'call_to_action': 'c'}~x~70~",
                "ad-copy~{'ad_type': 'social', 'platform': 'other', 'objective': 'O'}~{'headline': '%s', 'description': 'd', 'call_to_action': 'c'}~x~41~at most 40",
            })
    void limitsAreThePlatformsAndCountedAsItCounts(ArgumentsAccessor of) {
        Kind kind = Contents.SHIPPED.get(of.getString(0));
        ObjectNode input = kind.input(Contents.object(of.getString(1)));
        String answer = of.getString(2).replace("%s", of.getString(3).repeat(of.getInteger(4)));
        String wrong = kind.violation(Contents.object(answer), input)
                .map(Object::toString)
                .orElse("");
        String expected = of.getString(5);
        assertThat(wrong).satisfies(it -> assertThat(it.isEmpty()).isEqualTo(expected == null));
        assertThat(wrong).contains(expected == null ? "" : expected);
    }

    @Test
    void thereAreAsManyVariationsAsAskedFor() {
        Kind kind = Contents.SHIPPED.get("variations");
        ObjectNode input = kind.input(Contents.object(
                "{'original_content': 'Tea', 'variant_count': 3, 'variation_strategies': ['short', 'loud']}"));
        ObjectNode fallback = kind.fallback(input);
        assertThat(fallback.path("variations").valueStream().map(it -> Json.string(it, "strategy")))
                .containsExactly("short", "loud", "short");
        fallback.withArray("variations").remove(0);
        assertThat(kind.violation(fallback, input).orElseThrow())
                .hasToString("'variations' 2 elements (expected: exactly 3 elements)");
    }

    @Test
    void aModelCannotApproveWhatTheGuidelinesForbidWordForWord() {
        Kind kind = Contents.SHIPPED.get("brand-compliance");
        ObjectNode yes = Contents.object("{'compliant': true, 'issues': [], 'suggestions': []}");
        ObjectNode bad = kind.input(kind.prompt().example());
        assertThat(kind.violation(yes, bad).orElseThrow())
                .hasToString(
                        "'compliant' true (expected: false, since the text has 2 forbidden terms, 1 competitors and"
                                + " misses 1 disclaimers)");
        ObjectNode good = bad.deepCopy().put("content", "Repair with us. Places are limited.");
        assertThat(kind.violation(yes, good)).isEmpty();
        assertThat(kind.violation(yes.deepCopy().put("compliant", false), bad)).isEmpty();
    }

    @Test
    void whatANestedObjectDoesNotHaveIsDropped() {
        Kind kind = Contents.SHIPPED.get("variations");
        ObjectNode answer = Contents.object("{'variations': [{'content': 'a', 'strategy': 's', 'note': 'n'}], 'x': 1}");
        assertThat(kind.pruned(answer)).hasToString("{\"variations\":[{\"content\":\"a\",\"strategy\":\"s\"}]}");
    }
}
