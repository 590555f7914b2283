package dev.penstock.audit;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Follows an answer to its end: its bytes, and their hash where content is recorded. One thread after the other. */
final class AnswerHash {

    private final Hmac.@Nullable Running hash;
    private volatile boolean begun;
    private volatile long bytes;

    /** {@code hmac} is null where no content is recorded. */
    AnswerHash(@Nullable Hmac hmac) {
        this.hash = hmac == null ? null : hmac.begin();
    }

    /** The answer to hand on: the same, a whole one with the bytes that were hashed. */
    Answer follow(Answer answer) {
        begun = true;
        if (answer instanceof Answer.Streamed stream) {
            return stream.map(chunks -> chunks.doOnNext(this::add));
        }
        Answer.Whole whole = (Answer.Whole) answer;
        byte[] body = whole.bytes();
        byte[] written = body == null ? Json.LENIENT_DEPTH.write(whole.body()) : body;
        add(written);
        return new Answer.Whole(whole.body(), written);
    }

    private void add(Chunk chunk) {
        add(chunk.data());
    }

    private void add(byte[] data) {
        bytes = bytes + data.length;
        if (hash != null) {
            hash.add(data);
        }
    }

    /** Whether the caller's answer, and with it its status 200, had begun. */
    boolean begun() {
        return begun;
    }

    /** Ends it. */
    void describe(ObjectNode record) {
        if (begun) {
            ObjectNode answer = record.putObject("answer").put("bytes", bytes);
            if (hash != null) {
                answer.put("hmac", hash.hex());
            }
        }
    }
}
