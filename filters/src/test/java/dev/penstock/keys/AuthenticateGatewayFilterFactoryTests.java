package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.testing.Exchanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** Tests for {@link AuthenticateGatewayFilterFactory}. */
class AuthenticateGatewayFilterFactoryTests {

    private static final CallerSettings CALLERS = new CallerSettings(
            Map.of(
                    "billing",
                    new ServiceConfig(
                            Optional.of("finance"),
                            List.of(new CallerKeyConfig(
                                    "main", Optional.of("psk_1"), Optional.empty(), false, Optional.empty())),
                            List.of("*"),
                            Optional.empty(),
                            List.of(),
                            List.of())),
            Map.of());

    private final LlmFilter filter = new AuthenticateGatewayFilterFactory(KeyRoom.declared(DataPort.OPEN))
            .create(new AuthenticateGatewayFilterFactory.Config());
    private final PublisherProbe<Answer> rest = PublisherProbe.of(Mono.just(new Answer.Whole(Json.object())));

    @Test
    void aLiveKeyNamesItsCaller() {
        LlmExchange exchange = bearing("psk_1");
        StepVerifier.create(filter.filter(exchange, ignored -> rest.mono()))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(exchange.get(Fact.CALLER).team()).isEqualTo("finance");
    }

    @Test
    void anUnknownKeyNeverReachesTheRest() {
        StepVerifier.create(filter.filter(bearing("nope"), ignored -> rest.mono()))
                .verifyErrorMatches(
                        failure -> failure instanceof GatewayException it && it.code() == ErrorCode.KEY_UNKNOWN);
        rest.assertWasNotSubscribed();
    }

    private static LlmExchange bearing(String key) {
        return Exchanges.of(
                MockServerHttpRequest.post("/")
                        .header("authorization", "Bearer " + key)
                        .build(),
                CALLERS);
    }
}
