package dev.penstock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.Asked;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.AsCalled;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** Tests for {@link RenderPromptGatewayFilterFactory}, on the shipped kind. */
class RenderPromptGatewayFilterFactoryTests {

    private final LlmFilter filter = AsCalled.of(new RenderPromptGatewayFilterFactory(Contents.SHIPPED)
            .create(new RenderPromptGatewayFilterFactory.Config()));
    private final PublisherProbe<Answer> rest = PublisherProbe.of(Mono.just(new Answer.Whole(Json.object())));

    @Test
    void aConversationStaysAsItIs() {
        LlmExchange exchange = Contents.exchange("");
        Asked chat = Asked.in("openai", "m", Json.object(), Set.of(), false, body -> {
            throw new IllegalStateException("must stay unread");
        });
        exchange.put(Fact.ASKED, chat);
        run(exchange);
        assertThat(exchange.get(Fact.PROMPTED)).isSameAs(chat);
    }

    @Test
    void aContentRequestBecomesTheKindsConversation() {
        LlmExchange exchange = Contents.asking("social-media", "{'platform': 'twitter', 'topic': 'Tea'}");
        run(exchange);
        Asked prompted = exchange.get(Fact.PROMPTED);
        assertThat(prompted.dialect()).isEmpty();
        assertThat(prompted.needs()).isEmpty();
        assertThat(prompted.hub().turns()).extracting(Turn::role).containsExactly(Turn.Role.SYSTEM, Turn.Role.USER);
        assertThat(text(prompted, 1)).contains("Platform: twitter\nCharacter limit: 280\n", "```\nTea\n```");
        assertThat(prompted.hub().format()).isInstanceOf(AnswerFormat.JsonSchema.class);
        assertThat(prompted.hub().sampling().temperature()).isEqualTo(0.7);
    }

    @ParameterizedTest
    @CsvSource({"twitter, 280", "linkedin, 3000", "facebook, 63206", "instagram, 2200"})
    void toneAndLimitHaveDefaults(String platform, int limit) {
        LlmExchange exchange = Contents.asking("social-media", "{'platform': '" + platform + "', 'topic': 'Tea'}");
        run(exchange);
        assertThat(exchange.get(Fact.PROMPTED).body().get("character_limit").intValue())
                .isEqualTo(limit);
        assertThat(Json.string(exchange.get(Fact.PROMPTED).body(), "tone")).isEqualTo("neutral");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '#',
            value = {
                "{'topic': 'T'}~platform~is missing",
                "{'platform': 'twitter'}~topic~is missing",
                "{'platform': 'canary', 'topic': 'T'}~platform~one of: twitter, linkedin, facebook, instagram",
                "{'platform': 'twitter', 'topic': ['canary']}~topic~array (expected: string)",
                "{'platform': 'twitter', 'topic': 'T', 'character_limit': '9'}~character_limit~string (expected: integer)",
                "{'platform': 'twitter', 'topic': 'T', 'character_limit': 0}~character_limit~at least 1",
                "{'platform': 'twitter', 'topic': 'T', 'stream_options': {}}~stream_options~is unknown",
                "{'platform': 'twitter', 'topic': 'T', 'brand_context': {'voice': 3}}~brand_context.voice~expected: string",
                "{'platform': 'twitter', 'topic': 'T', 'brand_context': {'x': 3}}~brand_context.x~is unknown",
                "{'platform': 'twitter', 'topic': 'T', 'prompt_version': 'canary'}~prompt_version~one of: v1"
            })
    void aWrongFieldIsNamedAndItsValueIsNot(String body, String param, String message) {
        refused(Contents.asking("social-media", body), failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_INVALID);
            assertThat(failure.told().param()).isEqualTo(param);
            assertThat(failure.told().message()).contains(message).doesNotContain("canary");
        });
    }

    @Test
    void anUnknownKindIsToldWithThoseThatExist() {
        refused(Contents.asking("poetry", "{}"), failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.KIND_UNKNOWN);
            assertThat(failure.told().fields().get("kinds").toString()).contains("social-media");
        });
    }

    @Test
    void theRequestsModelComesFirst() {
        LlmExchange exchange =
                Contents.asking("social-media", "{'platform': 'twitter', 'topic': 'T', 'model': 'mock/marketer'}");
        run(exchange);
        assertThat(exchange.get(Fact.PROMPTED).model()).isEqualTo("mock/marketer");
    }

    private void run(LlmExchange exchange) {
        StepVerifier.create(filter.filter(exchange, it -> rest.mono()))
                .expectNextCount(1)
                .verifyComplete();
    }

    private void refused(LlmExchange exchange, Consumer<GatewayException> is) {
        StepVerifier.create(filter.filter(exchange, it -> rest.mono()))
                .verifyErrorSatisfies(failure -> is.accept((GatewayException) failure));
        rest.assertWasNotSubscribed();
    }

    private static String text(Asked asked, int turn) {
        return ((Part.Text) asked.hub().turns().get(turn).parts().get(0)).text();
    }
}
