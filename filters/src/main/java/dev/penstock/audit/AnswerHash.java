package dev.penstock.audit;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Texts;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Follows an answer to its end: its bytes, and their hash where content is recorded. One thread after the other. */
final class AnswerHash {

    /** Of one answer; what is behind is not kept, and that is told. */
    private static final int MOST_KEPT = 8 << 20;

    private final Texts texts;
    private final @Nullable TextHash hashing;
    private final Hmac.@Nullable Running hash;
    private final @Nullable ByteArrayOutputStream kept;
    private volatile @Nullable SaidTexts said;
    private volatile boolean begun;
    private volatile long bytes;

    /** {@code hashing} is null where no content is recorded, {@code kept} where no text is. */
    AnswerHash(Texts texts, @Nullable TextHash hashing, @Nullable ByteArrayOutputStream kept) {
        this.texts = texts;
        this.hashing = hashing;
        this.hash = hashing == null ? null : hashing.hmac().begin();
        this.kept = kept;
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
        if (hashing != null) {
            said = SaidTexts.answered(texts, whole.body());
        }
        return written == body ? whole : new Answer.Whole(whole.body(), written);
    }

    private void add(Chunk chunk) {
        add(chunk.data());
        if (hashing != null && texts.isWhole(chunk) && chunk.tree() instanceof ObjectNode whole) {
            said = SaidTexts.answered(texts, whole);
        }
        if (kept != null) {
            kept.write('\n');
        }
    }

    private void add(byte[] data) {
        bytes = bytes + data.length;
        if (hash != null) {
            hash.add(data);
        }
        if (kept != null) {
            kept.write(data, 0, Math.min(data.length, Math.max(0, MOST_KEPT - kept.size())));
        }
    }

    /** The text, as far as it is kept. */
    byte[] text() {
        return kept == null ? new byte[0] : kept.toByteArray();
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
            if (said != null && hashing != null) {
                said.describe(hashing, answer);
            }
            if (kept != null && bytes > MOST_KEPT) {
                answer.put("content_bytes", MOST_KEPT);
            }
        }
    }
}
