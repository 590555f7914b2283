package dev.penstock.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Delta;
import dev.penstock.core.Json;
import dev.penstock.provider.anthropic.AnthropicDialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.testing.Fuzz;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whatever a provider answers is read, or said to be no answer of its dialect. */
class DialectFuzzTests {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private static Dialect dialect(String name) {
        return name.equals("openai") ? new OpenAiDialect(NOON) : new AnthropicDialect(NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void aStreamIsReadWhereverItWasCutOrSaidToBeBroken(String name) {
        Dialect dialect = dialect(name);
        Random cuts = new Random(1);
        Fuzz.of("stream-" + name, DecodeException.class, StreamFailure.class)
                .within(1_000_000, 4_000)
                .run(600, input -> {
                    List<Frame> whole = frames(dialect, input, input.length);
                    List<Frame> cut = frames(dialect, input, 1 + cuts.nextInt(9));
                    assertThat(texts(cut)).isEqualTo(texts(whole));
                    scanned(dialect, whole);
                    read(dialect, whole);
                });
    }

    private static List<Frame> frames(Dialect dialect, byte[] input, int each) {
        Frames frames = dialect.frames();
        List<Frame> found = new ArrayList<>();
        for (int at = 0; at < input.length; at += each) {
            frames.feed(ByteBuffer.wrap(input, at, Math.min(each, input.length - at)), found::add);
        }
        return found;
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .map(frame -> frame.event() + "|" + new String(frame.data(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static void scanned(Dialect dialect, List<Frame> frames) {
        StreamScanner scanner = dialect.scanner();
        try {
            for (Frame frame : frames) {
                scanner.look(frame);
                scanner.withoutUsage(scanner.clean(frame));
                assertThat(scanner.said()).isNotNegative();
            }
            scanner.complete();
        } catch (DecodeException | StreamFailure refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    private static void read(Dialect dialect, List<Frame> frames) {
        StreamReader reader = dialect.reader();
        List<Delta> deltas = new ArrayList<>();
        frames.forEach(frame -> reader.read(frame, deltas::add));
        reader.complete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anAnswerIsReadOrSaidToBeNone(String name) {
        Dialect dialect = dialect(name);
        Fuzz.of("answer-" + name, DecodeException.class).run(1_000, input -> {
            JsonNode body;
            try {
                body = Json.LENIENT_DEPTH.read(input);
            } catch (JacksonException | DecodeException notJson) {
                return;
            }
            try {
                dialect.facts(body);
            } catch (DecodeException none) {
                assertThat(none.getMessage()).isNotEmpty();
            }
            dialect.decode(body);
        });
    }

    @Test
    void anErrorMayBeAnything() {
        for (String name : List.of("openai", "anthropic")) {
            Dialect dialect = dialect(name);
            Fuzz.of("answer-" + name).run(200, input -> {
                String text = new String(input, 0, Math.min(30, input.length), StandardCharsets.ISO_8859_1);
                Map<String, String> headers =
                        Map.of("retry-after", text, "retry-after-ms", text, "x-should-retry", text);
                for (int status : List.of(200, 400, 401, 403, 429, 500, 529)) {
                    assertThat(dialect.error(status, headers, input).kind()).isNotNull();
                }
            });
        }
    }
}
