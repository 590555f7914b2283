package dev.penstock.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A script as a reader sees it: the head, the body's text, the events. */
record Played(List<Move> moves) {

    static final MockScript MOCK = new MockScript(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
    static final MockOptions AT_ONCE = new MockOptions(Duration.ZERO, 0);

    /** {@code request} is JSON with single quotes. */
    static Played of(String model, String request) {
        return new Played(MOCK.moves(json(request), model, AT_ONCE, 0));
    }

    static ObjectNode json(String singleQuoted) {
        return Json.LENIENT_DEPTH.read(singleQuoted.replace('\'', '"')).asObject();
    }

    Move.Head head() {
        return moves.stream()
                .filter(Move.Head.class::isInstance)
                .map(Move.Head.class::cast)
                .findFirst()
                .orElseThrow();
    }

    Move last() {
        return moves.get(moves.size() - 1);
    }

    String text() {
        return moves.stream()
                .filter(Move.Bytes.class::isInstance)
                .map(move -> new String(((Move.Bytes) move).bytes(), UTF_8))
                .collect(Collectors.joining());
    }

    JsonNode body() {
        return Json.LENIENT_DEPTH.read(text());
    }

    JsonNode choice() {
        return body().path("choices").path(0);
    }

    String content() {
        return Json.string(choice().path("message"), "content");
    }

    /** The data of each event. */
    List<String> events() {
        return text().lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** The events that are JSON. */
    List<JsonNode> chunks() {
        return events().stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(Json.LENIENT_DEPTH::read)
                .toList();
    }

    List<Duration> pauses() {
        return moves.stream()
                .filter(Move.Pause.class::isInstance)
                .map(move -> ((Move.Pause) move).duration())
                .toList();
    }
}
