package dev.penstock.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Meters for StatsD, by Micrometer's own properties. */
class StatsdTests {

    @Test
    void anAgentThatIsNamedHearsOfEachRequest() throws IOException {
        try (DatagramSocket agent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(
                        Wires.oneProvider(upstream, ""),
                        "--management.statsd.metrics.export.host=127.0.0.1",
                        "--management.statsd.metrics.export.port=" + agent.getLocalPort(),
                        "--management.statsd.metrics.export.flavor=datadog")) {
            agent.setSoTimeout(20_000);
            assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(200);
            String line = heard(agent, "penstock.requests:1");
            assertThat(line).contains("outcome:ok", "service:test", "provider:first");
        }
    }

    /** The first line with this beginning; fails when none comes in time. */
    private static String heard(DatagramSocket agent, String beginning) throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
            agent.receive(packet);
            String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
            for (String line : text.split("\n")) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        }
    }
}
