package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Asked;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.AsCalled;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.template.PromptException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link FitSchemaGatewayFilterFactory}, on the shipped kind. */
class FitSchemaGatewayFilterFactoryTests {

    private static final String POST = "{'platform': 'twitter', 'topic': 'Tea', 'character_limit': 20}";

    private final LlmFilter filter = AsCalled.of(
            new FitSchemaGatewayFilterFactory(Contents.SHIPPED).create(new FitSchemaGatewayFilterFactory.Config()));

    @Test
    void anAnswerThatFitsBecomesTheKindsObject() {
        ObjectNode body = Contents.answer(
                Contents.asking("social-media", POST), "Here you go: {\"content\": \"Tea for two 🍵\",}");
        assertThat(Json.string(body, "content")).isEqualTo("Tea for two 🍵");
        assertThat(body.at("/metadata/fallback_used").booleanValue()).isFalse();
        assertThat(body.at("/metadata/character_count").intValue()).isEqualTo(13);
    }

    @Test
    void metadataIsMeasuredAndNeverTheModels() {
        ObjectNode body = Contents.answer(
                Contents.asking("social-media", POST),
                "{\"content\": \"Tea\", \"metadata\": {\"provider\": \"liar\"}, \"note\": \"x\"}");
        assertThat(body.propertyNames()).containsExactly("content", "metadata");
        assertThat(body.get("metadata").toString())
                .matches("\\{\"provider\":\"acme\",\"model\":\"writer\",\"prompt\":\\{\"kind\":\"social-media\","
                        + "\"version\":\"v1\",\"hash\":\"[0-9a-f]{12}\"},\"fallback_used\":false,\"repaired\":false,"
                        + "\"usage\":\\{\"input_tokens\":11,\"output_tokens\":7,\"total_tokens\":18},"
                        + "\"character_count\":3,\"request_id\":\"request-1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I cannot help with that.",
                "",
                "{\"content\": \"cut in the",
                "{\"content\": \"\"}",
                "{\"content\": 5}",
                "{\"text\": \"wrong field\"}",
                "{\"content\": \"longer than twenty characters\"}"
            })
    void anAnswerThatDoesNotFitIsReplaced(String text) {
        ObjectNode body = Contents.answer(Contents.asking("social-media", POST), text);
        assertThat(Json.string(body, "content")).isEqualTo("Tea");
        assertThat(body.at("/metadata/fallback_used").booleanValue()).isTrue();
    }

    @Test
    void theFirstObjectThatFitsIsTaken() {
        ObjectNode body = Contents.answer(
                Contents.asking("social-media", POST), "{\"thought\": 1} and so {\"content\": \"Tea!\"}");
        assertThat(Json.string(body, "content")).isEqualTo("Tea!");
    }

    @Test
    void aStrictCallerGetsAnErrorThatQuotesNothing() {
        LlmExchange exchange = Contents.asking("social-media", POST, "x-penstock-strict", "TRUE");
        assertThatThrownBy(() -> Contents.answer(exchange, "{\"content\": 5, \"canary\": \"canary\"}"))
                .isInstanceOfSatisfying(
                        GatewayException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.UPSTREAM_INVALID))
                .hasMessageContaining("'content' integer (expected: string)")
                .hasMessageNotContaining("canary");
    }

    @Test
    void theFallbackIsTheSameForTheSameInputAndKeepsTheLimit() {
        String input = "{'platform': 'twitter', 'topic': 'A very long story about tea', 'character_limit': 12}";
        String first = Json.string(Contents.answer(Contents.asking("social-media", input), "no"), "content");
        String second = Json.string(Contents.answer(Contents.asking("social-media", input), "never"), "content");
        assertThat(first).isEqualTo(second).isEqualTo("A very…");
    }

    @Test
    void anOutageStaysAnOutage() {
        LlmExchange exchange = Contents.asking("social-media", POST);
        new Rendered(
                        Contents.SHIPPED.get("social-media"),
                        Contents.SHIPPED.get("social-media").version(""),
                        Contents.object(POST))
                .leaveIn(exchange);
        GatewayException down = new GatewayException(ErrorCode.UPSTREAM_UNAVAILABLE, Told.NOTHING);
        StepVerifier.create(filter.filter(exchange, it -> Mono.error(down))).verifyErrorMatches(ex -> ex == down);
    }

    @Test
    void aRequestWithoutKindNeverReachesTheRest() {
        LlmExchange exchange = Contents.exchange("social-media");
        exchange.put(Fact.ASKED, Asked.content("", Json.object(), false));
        StepVerifier.create(filter.filter(exchange, it -> Mono.<Answer>never()))
                .verifyErrorMatches(ex -> ex instanceof IllegalStateException);
    }

    @Test
    void aMissingDirectoryStopsTheStart() {
        var factory = new FitSchemaGatewayFilterFactory(new Kinds(Path.of("no-such-directory")));
        assertThatThrownBy(() -> factory.create(new FitSchemaGatewayFilterFactory.Config()))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("no such directory");
    }
}
