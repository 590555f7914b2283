package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.prompt.PromptView;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kinds change while the gateway runs. */
class PromptReloadTests {

    private static final int CHANGES = Integer.getInteger("penstock.full.prompts", 5);
    private static final String MOCK =
            "providers: { mock: { dialect: mock } }\nmodels: { default: { targets: [ { provider: mock, model: m } ] } }\n";
    private static final String KIND = """
            live: v1
            input: { type: object, required: [subject], properties: { subject: { type: string, maxLength: 200 } } }
            output: schema.json
            fallback: fallback.json
            example: { subject: Tea }
            """;
    private static final String PROMPT = "=== system\nBe brief.\n=== user\n[(${fence(subject)})]\n";

    @TempDir
    private Path prompts;

    private RunningGateway gateway;

    @BeforeEach
    void oneKind() throws IOException {
        kind("titles", PROMPT);
        gateway = RunningGateway.with(MOCK, "--penstock.prompts=" + prompts);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aFolderThatIsAddedServes() throws IOException {
        assertThat(ask("slogans").path("status").asInt()).isEqualTo(404);
        kind("slogans", PROMPT);
        until(() -> ask("slogans").has("metadata"));
        assertThat(ask("slogans").path("metadata").path("prompt").path("kind").stringValue())
                .isEqualTo("slogans");
    }

    @Test
    void aBrokenChangeIsRefusedAndTheOldGoesOn() throws IOException {
        String before = hash();
        Files.writeString(prompts.resolve("titles/v1.txt"), "=== user\nfine\n[(${T(java.lang.Runtime)})]\n");
        until(() -> !gateway.bean(PromptView.class).refused().isEmpty());
        assertThat(gateway.bean(PromptView.class).refused())
                .singleElement()
                .asString()
                .contains("titles/v1.txt:3");
        assertThat(hash()).isEqualTo(before);
        Files.writeString(prompts.resolve("titles/v1.txt"), PROMPT.replace("brief", "short"));
        until(() -> gateway.bean(PromptView.class).refused().isEmpty());
        assertThat(hash()).isNotEqualTo(before);
    }

    @Test
    void aFolderThatIsBrokenOtherwiseHoldsUpNoOther() throws IOException {
        kind("patterns", PROMPT);
        Files.writeString(prompts.resolve("patterns/schema.json"), """
                {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "pattern": "["}}}""");
        kind("slogans", PROMPT);
        until(() -> ask("slogans").has("metadata"));
        assertThat(gateway.bean(PromptView.class).refused())
                .singleElement()
                .asString()
                .contains("patterns/schema.json");
    }

    @Test
    @Full(line = "5.6", count = "penstock.full.prompts")
    void aChangeUnderLoadFailsNoRequest() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Set<String>>> seen = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            seen.add(callers.submit(() -> {
                Set<String> hashes = new HashSet<>();
                while (running.get()) {
                    hashes.add(hash());
                }
                return hashes;
            }));
        }
        Set<String> expected = new HashSet<>(Set.of(hash()));
        for (int change = 0; change < CHANGES; change++) {
            String before = hash();
            kind("titles", PROMPT.replace("brief", "brief " + change));
            until(() -> !hash().equals(before));
            expected.add(hash());
        }
        running.set(false);
        Set<String> all = new HashSet<>();
        for (Future<Set<String>> each : seen) {
            all.addAll(each.get());
        }
        callers.shutdown();
        assertThat(all).isSubsetOf(expected);
    }

    private void kind(String name, String prompt) throws IOException {
        Path folder = Files.createDirectories(prompts.resolve(name));
        Files.writeString(folder.resolve("kind.yml"), KIND);
        Files.writeString(folder.resolve("v1.txt"), prompt);
        Files.writeString(folder.resolve("schema.json"), """
                {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}""");
        Files.writeString(folder.resolve("fallback.json"), "{\"title\": \"[(${subject})]\"}");
    }

    private String hash() {
        JsonNode answer = ask("titles");
        assertThat(answer.has("metadata")).as(answer.toString()).isTrue();
        return answer.path("metadata").path("prompt").path("hash").stringValue();
    }

    private JsonNode ask(String kind) {
        try (RawClient client =
                gateway.client().post("/v1/content/" + kind, RunningGateway.CALLER, "{\"subject\":\"Green tea\"}")) {
            client.answer();
            return Json.LENIENT_DEPTH.read(client.body());
        }
    }

    private static void until(Callable<Boolean> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
