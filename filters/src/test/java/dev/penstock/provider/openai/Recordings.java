package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** Recorded exchanges of OpenAI and services that speak its dialect; the tests that use them are skipped without them. */
public final class Recordings {

    private static final List<String> FOLDERS = List.of(
            "openai/chat",
            "groq/chat",
            "openrouter/chat",
            "deepseek/chat",
            "gpustack/chat",
            "vllm/chat",
            "together/chat",
            "perplexity/chat",
            "ollama/openai",
            "gemini/chat",
            "bedrock-mantle/chat",
            "azure/chat");

    private Recordings() {}

    /** One exchange. */
    public record Exchange(String id, JsonNode tree) {

        public int status() {
            return tree.path("response").path("status").intValue();
        }

        public String body() {
            return tree.path("response").path("body_text").asString("");
        }

        public JsonNode derived() {
            return tree.path("derived");
        }

        public JsonNode request() {
            return tree.path("request").path("body");
        }

        @Override
        public String toString() {
            return id;
        }
    }

    public static List<Exchange> streams() {
        return read("-stream").filter(it -> it.status() == 200).toList();
    }

    public static List<Exchange> wholes() {
        return read("").filter(it -> it.status() == 200).toList();
    }

    public static List<Exchange> errors() {
        return read("").filter(it -> it.status() != 200).toList();
    }

    private static Stream<Exchange> read(String suffix) {
        Path root = Path.of(System.getProperty("penstock.root", "."), "../shared/conformance/train/exchanges");
        Assumptions.assumeTrue(Files.isDirectory(root), "no recordings here");
        return FOLDERS.stream()
                .map(folder -> root.resolve(folder + suffix))
                .filter(Files::isDirectory)
                .flatMap(Recordings::in);
    }

    private static Stream<Exchange> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Recordings::exchange).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Exchange exchange(Path file) {
        try {
            JsonNode tree = Json.LENIENT_DEPTH.read(Files.readAllBytes(file));
            return new Exchange(tree.path("id").asString(""), tree);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
