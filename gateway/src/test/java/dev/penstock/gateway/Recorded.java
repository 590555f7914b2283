package dev.penstock.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Answers as a recorded provider did, cut at random bytes. The model that is asked for names the recording: {@code text},
 * {@code tools}, {@code 429}, …; a request that ends with a tool's result gets the recording that follows.
 */
final class Recorded {

    /** What both dialects say in {@code text}. */
    static final String TEXT = "Grüße von der Mühle: 水車 turns 🎡, says \"Ada\".";

    /** What both say after the tools' results. */
    static final String AFTER_TOOLS = "In Köln it is 18 °C; in Kyōto 24 °C.";

    static final String REFUSAL = "I'm sorry, but I can't help with that.";

    private static final int LONGEST_PIECE = 60;

    /** In both dialects there is text by then. */
    private static final int FIRST_EVENTS = 5;

    private Recorded() {}

    static Script openai(Exchange exchange) {
        return of("openai", exchange);
    }

    static Script anthropic(Exchange exchange) {
        return of("anthropic", exchange);
    }

    /** A whole answer of any status. */
    static Script json(int status, byte[] body) {
        return Script.answer(status)
                .cutRandomly(LONGEST_PIECE)
                .header("content-type", "application/json")
                .body(body);
    }

    /** Events in one chunk, which the cuts take apart. */
    static Script events(byte[] body) {
        return Script.answer(200)
                .cutRandomly(LONGEST_PIECE)
                .header("content-type", "text/event-stream; charset=utf-8")
                .chunked()
                .chunk(body)
                .endChunks();
    }

    /** As {@link #events}, but after some of them it goes on only when {@code seen} is complete. */
    static Script eventsWhen(byte[] body, CompletableFuture<?> seen) {
        String text = new String(body, UTF_8);
        int first = 0;
        for (int event = 0; event < FIRST_EVENTS; event++) {
            first = text.indexOf("\n\n", first) + 2;
        }
        return Script.stream()
                .cutRandomly(LONGEST_PIECE)
                .chunk(text.substring(0, first))
                .waitFor(seen)
                .chunk(text.substring(first))
                .endChunks();
    }

    private static Script of(String dialect, Exchange exchange) {
        JsonNode asked = Json.LENIENT_DEPTH.read(exchange.body());
        String model = Json.string(asked, "model");
        if (model.matches("\\d+")) {
            return json(Integer.parseInt(model), bytes(dialect + "/" + model + ".json"));
        }
        String name = dialect + "/" + model + (endsWithResult(asked) ? "-result" : "");
        return asked.path("stream").asBoolean(false) ? events(bytes(name + ".sse")) : json(200, bytes(name + ".json"));
    }

    private static boolean endsWithResult(JsonNode asked) {
        JsonNode last = asked.path("messages").path(asked.path("messages").size() - 1);
        return Json.string(last, "role").equals("tool")
                || Json.string(last.path("content").path(0), "type").equals("tool_result");
    }

    /** A recording of the project's own. */
    static byte[] bytes(String name) {
        try (InputStream found = Recorded.class.getResourceAsStream("/recordings/" + name)) {
            if (found == null) {
                throw new AssertionError("no recording " + name);
            }
            return found.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(String name) {
        return new String(bytes(name), UTF_8);
    }
}
