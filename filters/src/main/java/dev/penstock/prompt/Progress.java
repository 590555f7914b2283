package dev.penstock.prompt;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a caller of a content stream sees before its answer, and the text that comes meanwhile. One stream, one thread. */
final class Progress {

    static final String EVENT = "progress";
    static final String ANSWER = "answer";

    /** A stream tells of every so many characters. */
    private static final int STRIDE = 200;

    /** More than the reader takes; what is beyond is only counted. */
    private static final int MOST = 2 << 20;

    private final StringBuilder text = new StringBuilder();
    private long told = -STRIDE;
    private long heard;

    /** Takes an event of the model's stream; gives what to tell the caller of it. */
    List<Chunk> heard(Chunk chunk) {
        JsonNode content = chunk.tree().path("choices").path(0).path("delta").path("content");
        if (content.isString()) {
            String piece = content.stringValue();
            heard += piece.length();
            if (text.length() < MOST) {
                text.append(piece);
            }
        }
        if (heard - told < STRIDE) {
            return List.of();
        }
        told = heard;
        return List.of(event(stage("writing").put("characters", heard)));
    }

    String text() {
        return text.toString();
    }

    static Chunk repairing() {
        return event(stage("repairing"));
    }

    static Chunk answer(ObjectNode body) {
        return Chunk.of(ANSWER, body, Chunk.Mark.SEMANTIC);
    }

    private static ObjectNode stage(String name) {
        return Json.object().put("stage", name);
    }

    private static Chunk event(ObjectNode progress) {
        return Chunk.of(EVENT, progress, Chunk.Mark.PREAMBLE);
    }
}
