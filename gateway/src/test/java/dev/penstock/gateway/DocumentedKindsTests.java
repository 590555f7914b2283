package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What README.md and docs/adding-a-kind.md tell a reader to do works as written, on the shipped routes.yml. */
class DocumentedKindsTests {

    private static final Pattern CURL = Pattern.compile(
            "curl -s http://127\\.0\\.0\\.1:8080(/v1/content/[a-z-]+) -H 'Authorization: (Bearer psk_demo)'"
                    + " -H 'Content-Type: application/json' \\\\\n  -d '([^']*)'");
    private static final Pattern FILE =
            Pattern.compile("`prompts/([a-z0-9./-]+)`\n\n```[a-z]*\n(.*?)\n```\n", Pattern.DOTALL);
    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path prompts;

    @Test
    void theReadmeHasACommandThatWorksForEveryKind() throws IOException {
        String readme = Files.readString(RunningGateway.root().resolve("README.md"));
        Set<String> asked = new TreeSet<>();
        try (RunningGateway gateway = shipped()) {
            CURL.matcher(readme).results().forEach(curl -> {
                JsonNode answer = answer(gateway, curl);
                assertThat(answer.path("metadata").path("fallback_used").asBoolean(true))
                        .as("%s", answer)
                        .isFalse();
                asked.add(answer.path("metadata").path("prompt").path("kind").asString());
            });
        }
        try (Stream<Path> folders = Files.list(RunningGateway.root().resolve("prompts"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .filteredOn(name -> !name.startsWith("_"))
                    .hasSize(9)
                    .allMatch(asked::contains);
        }
    }

    @Test
    void theGuideMakesAKindThatServesWithoutARestart() throws IOException {
        String guide = Files.readString(RunningGateway.root().resolve("docs/adding-a-kind.md"));
        copy(RunningGateway.root().resolve("prompts"), prompts);
        MatchResult curl = CURL.matcher(guide).results().findFirst().orElseThrow();
        try (RunningGateway gateway = shipped("--penstock.prompts=" + prompts)) {
            assertThat(answer(gateway, curl).path("code").asString()).isEqualTo("kind_unknown");
            for (MatchResult file : FILE.matcher(guide).results().toList()) {
                Path path = prompts.resolve(file.group(1));
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.group(2) + "\n");
            }
            JsonNode answer = served(gateway, curl);
            assertThat(answer.path("metadata").path("fallback_used").asBoolean(true))
                    .isFalse();
            assertThat(answer.path("tagline").asString()).isNotBlank();
            assertThat(answer.path("reason").asString()).isNotBlank();
        }
    }

    private static JsonNode served(RunningGateway gateway, MatchResult curl) {
        long end = System.nanoTime() + BOUND.toNanos();
        JsonNode answer = answer(gateway, curl);
        while (!answer.has("metadata")) {
            assertThat(System.nanoTime()).as("%s", answer).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = answer(gateway, curl);
        }
        return answer;
    }

    private static JsonNode answer(RunningGateway gateway, MatchResult curl) {
        RawClient client = gateway.client().post(curl.group(1), Map.of("authorization", curl.group(2)), curl.group(3));
        assertThat(client.answer().status()).isIn(200, 404);
        return Json.LENIENT_DEPTH.read(client.text());
    }

    private static RunningGateway shipped(String... more) {
        String[] arguments = Stream.concat(Stream.of("--server.address=127.0.0.1"), Stream.of(more))
                .toArray(String[]::new);
        return RunningGateway.ofFile(RunningGateway.root().resolve("routes.yml"), arguments);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
