package dev.penstock.surface.chat;

import static dev.penstock.surface.chat.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.AsCalled;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.testing.Exchanges;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** Tests for {@link ParseChatGatewayFilterFactory}. */
class ParseChatGatewayFilterFactoryTests {

    private final ChatSurface surface = new ChatSurface(Clock.systemUTC());
    private final ParseChatGatewayFilterFactory factory =
            new ParseChatGatewayFilterFactory(surface, settings -> new Json(4));
    private final LlmFilter filter = AsCalled.of(factory.create(new ParseChatGatewayFilterFactory.Config()));
    private final PublisherProbe<Answer> rest = PublisherProbe.empty();

    @Test
    void theBodyBecomesWhatIsAsked() {
        LlmExchange exchange = sending("{'model':'m','messages':[{'role':'user','content':'hi'}]}");
        StepVerifier.create(filter.filter(exchange, ignored -> rest.mono())).verifyComplete();
        assertThat(exchange.get(Fact.ASKED).model()).isEqualTo("m");
        assertThat(exchange.get(Fact.ASKED).hub().turns()).hasSize(1);
        assertThat(factory.surface()).isSameAs(surface);
        rest.assertWasSubscribed();
    }

    @Test
    void whatIsNoRequestNeverReachesTheRest() {
        LlmExchange deep = sending("{'model':'m','messages':[],'a':[[[[[1]]]]]}");
        StepVerifier.create(filter.filter(deep, ignored -> rest.mono()))
                .verifyErrorMatches(it -> it instanceof GatewayException failure && failure.status() == 400);
        rest.assertWasNotSubscribed();
    }

    private static LlmExchange sending(String body) {
        LlmExchange exchange =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build());
        exchange.put(Fact.BODY, json(body).getBytes(StandardCharsets.UTF_8));
        return exchange;
    }
}
