package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tests for {@link DataPort}. */
class DataPortTests {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.8.7", "localhost", "::1", "[::1]"})
    void loopbackIsRecognised(String address) {
        assertThat(port(Map.of("server.address", address))).isEqualTo(DataPort.LOOPBACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "gateway.internal", "127.0.0.1.example.org", ""})
    void anythingElseIsOpen(String address) {
        assertThat(port(Map.of("server.address", address))).isEqualTo(DataPort.OPEN);
    }

    @Test
    void noAddressMeansAllOfThem() {
        assertThat(port(Map.of())).isEqualTo(DataPort.OPEN);
    }

    @Test
    void nothingIsKnownWhereForwardedHeadersAreRemoved() {
        assertThat(port(Map.of("server.address", "127.0.0.1", "server.forward-headers-strategy", "framework")))
                .isEqualTo(DataPort.OPEN);
    }

    private static DataPort port(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return DataPort.of(environment);
    }
}
