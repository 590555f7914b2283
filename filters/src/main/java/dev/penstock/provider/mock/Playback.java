package dev.penstock.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Lays an answer's bytes out in time, broken where the behaviour says so. */
final class Playback {

    private static final Duration LONGEST_STREAM = Duration.ofSeconds(10);
    private static final int PACE = 8;
    private static final byte[] GARBAGE = "data: {\"id\":\"chatcmpl-mock-\\u00zz <<not json>>\n\n".getBytes(UTF_8);

    private Playback() {}

    static List<Move> document(ObjectNode body, Behaviour behaviour) {
        Move head = new Move.Head(200, Map.of("content-type", "application/json"));
        byte[] bytes = Json.LENIENT_DEPTH.text(body).getBytes(UTF_8);
        return switch (behaviour) {
            case CUT_STREAM -> List.of(head, new Move.Bytes(Arrays.copyOf(bytes, bytes.length / 2)), new Move.Cut());
            case STALL -> List.of(head, new Move.Stall());
            case GARBAGE -> List.of(head, new Move.Bytes(GARBAGE), new Move.End());
            default -> List.of(head, new Move.Bytes(bytes), new Move.End());
        };
    }

    /** {@code events} are paced by an eighth of the latency. */
    static List<Move> events(List<byte[]> events, Behaviour behaviour, Duration latency) {
        List<Move> moves = new ArrayList<>();
        moves.add(new Move.Head(200, Map.of("content-type", "text/event-stream; charset=utf-8")));
        Duration gap = gap(events.size(), latency);
        switch (behaviour) {
            case CUT_STREAM -> play(moves, events.subList(0, events.size() / 2), gap, new Move.Cut());
            case STALL -> play(moves, events.subList(0, 1), gap, new Move.Stall());
            case GARBAGE -> play(moves, List.of(GARBAGE), gap, new Move.End());
            default -> play(moves, events, gap, new Move.End());
        }
        return moves;
    }

    static void pause(List<Move> moves, Duration duration) {
        if (!duration.isZero() && !duration.isNegative()) {
            moves.add(new Move.Pause(duration));
        }
    }

    private static void play(List<Move> moves, List<byte[]> events, Duration gap, Move last) {
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                pause(moves, gap);
            }
            moves.add(new Move.Bytes(events.get(i)));
        }
        moves.add(last);
    }

    private static Duration gap(int events, Duration latency) {
        Duration pace = latency.dividedBy(PACE);
        Duration most = LONGEST_STREAM.dividedBy(events);
        return pace.compareTo(most) < 0 ? pace : most;
    }
}
