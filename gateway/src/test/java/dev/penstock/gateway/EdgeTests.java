package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawClient;
import dev.penstock.testing.ScriptedUpstream;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.Environment;

/** What comes to the wrong port, or under a disguised path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTests {

    private static final String TOKEN = "a-token-of-this-test";
    private static final Map<String, String> ADMIN = Map.of("authorization", "Bearer " + TOKEN);

    private ScriptedUpstream upstream;
    private RunningGateway gateway;

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start();
        gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), "--PENSTOCK_ADMIN_TOKEN=" + TOKEN);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @TestFactory
    Stream<DynamicTest> noDisguiseOpensTheAdministratorsDoorToCallers() {
        return Stream.of(
                        "/admin/config",
                        "/%61dmin/config",
                        "/admin;x=1/config",
                        "/admin;/config",
                        "/%61%64min;a=b/limits",
                        "//admin/config",
                        "/x/../admin/config",
                        "/admin/config;v=1",
                        "/admin")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    for (Map<String, String> headers :
                            Stream.of(Map.<String, String>of(), ADMIN).toList()) {
                        try (RawClient client = gateway.client().get(path, headers)) {
                            assertThat(client.answer().status()).isEqualTo(404);
                            assertThat(client.text()).contains("\"code\":\"route_unknown\"");
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> noDisguiseGoesWithoutTheToken() {
        return Stream.of("/%61dmin/config", "/admin;x=1/config", "/admin;/config", "/admin/config;v=1", "/admin")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    try (RawClient client = admin().get(path, Map.of())) {
                        assertThat(client.answer().status()).isIn(401, 404);
                        assertThat(client.text()).contains("\"code\":\"");
                    }
                }));
    }

    private RawClient admin() {
        Integer port = gateway.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
        return RawClient.to(URI.create("http://127.0.0.1:" + port));
    }
}
