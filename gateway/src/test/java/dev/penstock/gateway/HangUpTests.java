package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.CloseKind;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A caller that leaves: the provider's connection is closed too. The bound is a promise with room; the benchmark shows the time. */
class HangUpTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void leavingBeforeTheHeadersClosesTheUpstream() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.never(), Script.never());
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            leave(gateway.chat(Wires.ASK), upstream, 0);
            leave(gateway.chat(Wires.ASK_STREAM), upstream, 1);
        }
    }

    @Test
    void leavingInMidStreamClosesTheUpstream() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.start().enqueue(Wires.begun().flush().silence());
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            RawClient client = gateway.chat(Wires.ASK_STREAM);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.event()).isNotNull();
            leave(client, upstream, 0);
        }
    }

    @Test
    void leavingInTheMiddleOfAWholeAnswerClosesTheUpstream() {
        Script half = Script.answer(200)
                .header("content-type", "application/json")
                .body(1000, "{\"id\":".getBytes())
                .flush()
                .silence();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(half);
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""))) {
            leave(gateway.chat(Wires.ASK), upstream, 0);
        }
    }

    private static void leave(RawClient client, ScriptedUpstream upstream, int request) {
        var exchange = upstream.ledger().await(request, BOUND);
        client.reset();
        assertThat(exchange.awaitClosed(BOUND)).isIn(CloseKind.FIN, CloseKind.RST);
    }
}
