package dev.penstock.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Usage;
import dev.penstock.provider.Facts;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamReader;
import dev.penstock.provider.StreamScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Recorded answers of the real provider, read whole and as streams cut into pieces of several sizes (PROVIDERS 14). */
class AnthropicRecordingsTests {

    private static final int[] SIZES = {1, 2, 3, 7, 1000};

    @TestFactory
    Stream<DynamicTest> wholeAnswersMeanWhatWasRecorded() throws IOException {
        return recordings("messages").map(one -> DynamicTest.dynamicTest(one.name(), () -> checkWhole(one)));
    }

    @TestFactory
    Stream<DynamicTest> streamsMeanWhatWasRecordedHoweverTheyAreCut() throws IOException {
        return recordings("messages-stream").map(one -> DynamicTest.dynamicTest(one.name(), () -> checkStream(one)));
    }

    @TestFactory
    Stream<DynamicTest> streamsTravelVerbatimHoweverTheyAreCut() throws IOException {
        return recordings("messages-stream").map(one -> DynamicTest.dynamicTest(one.name(), () -> checkVerbatim(one)));
    }

    /** A recording: what the provider sent, and what an independent reader understood. */
    private record Recording(String name, int status, String body, JsonNode derived) {

        static Recording of(Path file) {
            try {
                JsonNode tree = Json.LENIENT_DEPTH.read(Files.readString(file));
                JsonNode response = tree.path("response");
                String body = response.path("body_text").asString("");
                String name = file.getFileName().toString();
                return new Recording(name, response.path("status").intValue(), body, tree.path("derived"));
            } catch (IOException ex) {
                throw new java.io.UncheckedIOException(ex);
            }
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }

        String text() {
            return derived.path("text").asString("");
        }

        String reasoning() {
            return derived.path("reasoning").asString("");
        }

        /** Names and arguments of the caller's tools; calls of the provider's own are left out. */
        List<String> calls() {
            return derived.path("tool_calls")
                    .valueStream()
                    .filter(call -> call.path("id").asString("").startsWith("toolu_"))
                    .map(call -> call.path("name").asString("") + " "
                            + call.path("arguments").asString(""))
                    .map(call -> call.endsWith(" ") ? call + "{}" : call)
                    .map(Recording::plain)
                    .toList();
        }

        static String plain(String call) {
            int space = call.indexOf(' ');
            return call.substring(0, space + 1) + Json.LENIENT_DEPTH.read(call.substring(space + 1));
        }

        FinishReason finish() {
            return StopReasons.of(derived.path("finish").asString(""), calls().size(), 0);
        }

        Usage usage() {
            return AnthropicUsage.of(derived.path("usage"));
        }
    }

    private static Stream<Recording> recordings(String folder) throws IOException {
        String root = System.getProperty("penstock.root", ".");
        Path all = Path.of(root, "..", "shared", "conformance", "train", "exchanges", "anthropic", folder);
        assumeTrue(Files.isDirectory(all), "no recordings beside the repository");
        try (Stream<Path> files = Files.list(all)) {
            return files.sorted().map(Recording::of).filter(one -> one.status() == 200).toList().stream();
        }
    }

    private static void checkWhole(Recording one) {
        JsonNode body = Json.LENIENT_DEPTH.read(one.body());
        ChatAnswer answer = Requests.DIALECT.decode(body);
        List<Part> parts = answer.choices().get(0).parts();
        assertThat(joined(parts, Part.Text.class)).isEqualTo(one.text());
        assertThat(joined(parts, Part.Reasoning.class)).isEqualTo(one.reasoning());
        assertThat(parts.stream()
                        .filter(Part.ToolCall.class::isInstance)
                        .map(Part.ToolCall.class::cast)
                        .map(call -> Recording.plain(call.name() + " " + call.arguments())))
                .containsExactlyElementsOf(one.calls());
        assertThat(answer.choices().get(0).finish()).isEqualTo(one.finish());
        assertThat(answer.usage()).isEqualTo(one.usage());
        Facts facts = Requests.DIALECT.facts(body);
        assertThat(facts.usage()).isEqualTo(answer.usage());
        assertThat(facts.model()).isEqualTo(answer.model()).isNotEmpty();
    }

    private static String joined(List<Part> parts, Class<? extends Part> kind) {
        StringBuilder all = new StringBuilder();
        parts.stream().filter(kind::isInstance).forEach(part -> {
            all.append(part instanceof Part.Text it ? it.text() : ((Part.Reasoning) part).text());
        });
        return all.toString();
    }

    private static void checkStream(Recording one) {
        List<Delta> first = null;
        for (int size : SIZES) {
            StreamReader reader = Requests.DIALECT.reader();
            List<Delta> deltas = Streams.deltas(reader, Streams.frames(one.bytes(), size));
            assertThat(reader.complete()).isTrue();
            assertThat(reader.closed()).isTrue();
            first = first == null ? deltas : first;
            assertThat(deltas).as("in pieces of %d bytes", size).isEqualTo(first);
        }
        Streams.Folded folded = Streams.fold(first, true);
        assertThat(folded.text()).isEqualTo(one.text());
        assertThat(folded.reasoning()).isEqualTo(one.reasoning());
        assertThat(folded.calls().stream().map(Recording::plain)).containsExactlyElementsOf(one.calls());
        assertThat(folded.finish()).isEqualTo(one.finish());
        assertThat(folded.usage()).isEqualTo(one.usage());
    }

    private static void checkVerbatim(Recording one) {
        for (int size : SIZES) {
            StreamScanner scanner = Requests.DIALECT.scanner();
            List<Frame> frames = Streams.frames(one.bytes(), size);
            long semantic = 0;
            for (Frame frame : frames) {
                semantic += scanner.look(frame) == StreamScanner.Sight.SEMANTIC ? 1 : 0;
                assertThat(scanner.clean(frame)).isSameAs(frame);
            }
            assertThat(semantic).isPositive();
            assertThat(scanner.complete()).isTrue();
            assertThat(scanner.usage()).isEqualTo(one.usage());
            assertThat(scanner.model()).isNotEmpty();
        }
    }
}
