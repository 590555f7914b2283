package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.gateway.direct.DirectCalls;
import dev.penstock.routes.RoutesControl;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Routes with something of Spring's own on them go Spring's way, from the reload on that brings it until the one that takes it away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectReloadTests {

    private static final String CHAT = "/v1/chat/completions";
    private static final String FILTERS = "filters: [ ParseChat ]";
    private static final String PATH = "\"Path=" + CHAT + "\"";

    private ScriptedUpstream upstream;
    private Path file;
    private String plain;
    private RunningGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
        file = RunningGateway.write(folder, Wires.oneProvider(upstream, ""));
        plain = Files.readString(file);
        gateway = RunningGateway.ofFile(file);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void isDirectAtFirst() throws IOException {
        put(plain);
        assertThat(ask(Map.of()).status()).isEqualTo(200);
        assertThat(isDirect()).isTrue();
    }

    @Test
    void aFilterOfThePlatformsOwnRunsAndThenNoMore() throws IOException {
        put(plain.replace(FILTERS, "filters: [ ParseChat, \"AddResponseHeader=x-served-by, platform\" ]"));
        RawAnswer marked = ask(Map.of());
        assertThat(marked.status()).isEqualTo(200);
        assertThat(marked.header("x-served-by")).isEqualTo("platform");
        assertThat(isDirect()).isFalse();

        put(plain);
        assertThat(ask(Map.of()).headers()).doesNotContainKey("x-served-by");
        assertThat(isDirect()).isTrue();
    }

    @Test
    void aSecondPredicateIsAskedForEachCall() throws IOException {
        put(plain.replace(PATH, PATH + ", \"Header=x-team, red\""));
        assertThat(ask(Map.of("x-team", "red")).status()).isEqualTo(200);
        assertThat(ask(Map.of()).status()).isEqualTo(404);
        assertThat(ask(Map.of("x-team", "red")).status()).isEqualTo(200);
        assertThat(ask(Map.of("x-team", "blue")).status()).isEqualTo(404);
        assertThat(isDirect()).isFalse();
    }

    /** It may want the same path for some of its calls, and is asked first. */
    @Test
    void noneIsDirectBehindARouteThatAsksForMore() throws IOException {
        String first = "  - { id: marked, uri: \"llm://any\", predicates: [ " + PATH
                + ", \"Header=x-team, red\" ], filters: [ ParseChat, \"AddResponseHeader=x-served-by, red\" ] }\n";
        put(plain.replace("routes:\n", "routes:\n" + first));
        assertThat(ask(Map.of()).headers()).doesNotContainKey("x-served-by");
        assertThat(ask(Map.of("x-team", "red")).header("x-served-by")).isEqualTo("red");
        assertThat(isDirect()).isFalse();
    }

    @Test
    void aRouteThatAsksForMoreMayStandBehind() throws IOException {
        put(plain.replace(
                "\ndefault-filters:",
                "\n  - { id: more, uri: \"llm://any\", predicates: [ \"Path=/v1/other\", \"Header=x-team, red\" ], filters: [ ParseChat ] }\n"
                        + "default-filters:"));
        assertThat(ask(Map.of()).status()).isEqualTo(200);
        assertThat(isDirect()).isTrue();
        assertThat(ask("/v1/other", Map.of("x-team", "red")).status()).isEqualTo(200);
        assertThat(ask("/v1/other", Map.of()).status()).isEqualTo(404);
    }

    private void put(String routes) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), routes);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        assertThat(gateway.bean(RoutesControl.class).reload().problems()).isEmpty();
    }

    private boolean isDirect() {
        return gateway.bean(DirectCalls.class).isDirect(CHAT);
    }

    private RawAnswer ask(Map<String, String> more) {
        return ask(CHAT, more);
    }

    private RawAnswer ask(String path, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.putAll(more);
        try (RawClient client = gateway.client().post(path, headers, Wires.ASK)) {
            return client.answer();
        }
    }
}
