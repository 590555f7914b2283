package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.CloseKind;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A time-out closes the provider's connection and gives its place back; one that the caller asked for is not the provider's. */
class TimeoutTests {

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String ONE_PLACE =
            "    concurrency: 1\n    timeout: { connect: 1s, first-byte: 1s, idle: 1s, total: 10s }\n";

    @Test
    void everyTimeOutClosesTheConnectionAndFreesThePlace() {
        Script half =
                Script.answer(200).header("content-type", "application/json").body(1000, "{".getBytes());
        for (Script fault : List.of(
                Script.never(), Script.stream().flush().silence(), half.flush().silence())) {
            try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(fault, Script.json(Wires.ANSWER));
                    RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ONE_PLACE))) {
                assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(504);
                assertThat(upstream.ledger().await(0, BOUND).awaitClosed(BOUND)).isIn(CloseKind.FIN, CloseKind.RST);
                assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aStallInMidStreamClosesTheConnectionToo() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.start().enqueue(Wires.begun().flush().silence());
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ONE_PLACE))) {
            RawClient client = gateway.chat(Wires.ASK_STREAM);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(Wires.events(client)).hasSize(4).last().asString().contains("upstream_timeout");
            assertThat(upstream.ledger().only().awaitClosed(BOUND)).isIn(CloseKind.FIN, CloseKind.RST);
        }
    }

    @Test
    void theCallersOwnTimeOutDoesNotOpenTheBreaker() {
        Map<String, String> impatient =
                Map.of("authorization", "Bearer " + RunningGateway.KEY, "x-penstock-timeout", "200ms");
        // one that ran out before it was sent has left nothing behind for the next
        AtomicBoolean answers = new AtomicBoolean();
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .answering(asked -> answers.get() ? Script.json(Wires.ANSWER) : Script.never());
                RunningGateway gateway =
                        RunningGateway.with(Wires.oneProvider(upstream, "    breaker: { window: 5, minimum: 5 }\n"))) {
            for (int i = 0; i < 8; i++) {
                RawClient client = gateway.client().post("/v1/chat/completions", impatient, Wires.ASK);
                assertThat(client.answer().status()).isEqualTo(504);
            }
            assertThat(upstream.ledger().exchanges()).hasSizeGreaterThanOrEqualTo(5);
            answers.set(true);
            assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(200);
        }
    }
}
