package dev.penstock.guard;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.GatewayException;
import dev.penstock.core.LastChunk;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Passage;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardBook.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Guards one stream. What it holds of a text goes out before anything else of the same choice. One stream; thread-safe, since its caller may leave at any time. */
final class StreamGuard {

    /** Events that are asked for ahead. */
    private static final int AHEAD = 16;

    private final Texts texts;
    private final Page page;
    private final Verdicts verdicts;
    private final WholeAnswers wholes;
    private final Voices voices;
    private final LastChunk same = new LastChunk();
    private @Nullable JsonNode last;

    /** What the chunk before said its one text on; null where it said something else. */
    private @Nullable Channel usual;

    /** The name of its event. */
    private String named = "";

    private boolean blocked;

    StreamGuard(Texts texts, Page page, Verdicts verdicts) {
        this.texts = texts;
        this.page = page;
        this.verdicts = verdicts;
        this.wholes = new WholeAnswers(page.output(), verdicts);
        this.voices = new Voices(page, verdicts, wholes);
    }

    Answer.Streamed over(Answer.Streamed stream) {
        verdicts.ran();
        return stream.become(chunks -> new Looking().of(taken(chunks)));
    }

    private Flux<Chunk> taken(Flux<Chunk> chunks) {
        return page.holds() ? chunks.concatMapIterable(this::take, AHEAD) : chunks;
    }

    /** Looks at each event where nothing is held; at the ends, in any case. */
    private final class Looking extends Passage<Chunk> {

        @Override
        protected Chunk next(Chunk chunk) {
            return page.holds() ? chunk : seen(chunk);
        }

        @Override
        protected Flux<Chunk> end() {
            return Flux.fromIterable(rest());
        }

        @Override
        protected Flux<Chunk> broke(Throwable failure) {
            return Flux.concat(Flux.fromIterable(broken(failure)), Flux.error(failure));
        }

        @Override
        protected void left() {
            leave();
        }
    }

    /** Where nothing is held or changed an event goes on as it came, or is refused. */
    private synchronized Chunk seen(Chunk chunk) {
        Channel channel = usual;
        int length = channel == null ? -1 : same.text(chunk.data());
        if (length < 0 || chunk.mark() != Mark.SEMANTIC || !chunk.event().equals(named)) {
            usual = null;
            take(chunk);
        } else {
            voices.say(channel, same.text(chunk.data(), length));
            enforce();
        }
        return chunk;
    }

    /** An event that says one thing and ends nothing: the next of the same kind needs no tree. */
    private void learn(Chunk chunk, Heard event) {
        if (event.isOnePiece() && chunk.mark() == Mark.SEMANTIC && same.wanted()) {
            Map.Entry<Channel, String> only = event.pieces.entrySet().iterator().next();
            usual = only.getKey();
            named = chunk.event();
            same.learn(chunk.data(), only.getValue());
        }
    }

    private synchronized List<Chunk> take(Chunk chunk) {
        if (chunk.mark() == Mark.USAGE_ONLY) {
            return List.of(chunk);
        }
        return texts.isWhole(chunk) ? whole(chunk) : pieces(chunk);
    }

    private List<Chunk> whole(Chunk chunk) {
        ObjectNode body = (ObjectNode) chunk.tree();
        Reading reading = new Reading(page.answered(), verdicts, false);
        texts.answered(body, reading);
        if (page.output().checksWhole()) {
            wholes.came(texts.documents(body));
        }
        enforce();
        if (!reading.hasEdits()) {
            return List.of(chunk);
        }
        ObjectNode copy = body.deepCopy();
        texts.answered(copy, reading.writer());
        return List.of(Chunk.of(chunk.event(), copy, chunk.mark()));
    }

    /** Also of a preamble: whoever marked it so looked for less. */
    private List<Chunk> pieces(Chunk chunk) {
        JsonNode tree = chunk.tree();
        Heard event = new Heard(verdicts);
        texts.pieces(tree, event);
        if (chunk.mark() == Mark.PREAMBLE && event.saysNothing()) {
            return List.of(chunk);
        }
        last = tree;
        List<Chunk> before = page.holds() ? turned(event, tree) : List.of();
        boolean changed = voices.say(event);
        if (!page.holds()) {
            learn(chunk, event);
        }
        event.ends.forEach(wholes::end);
        enforce();
        List<Chunk> now = changed ? written(chunk, event) : List.of(chunk);
        if (before.isEmpty()) {
            return now;
        }
        before.addAll(now);
        return before;
    }

    private List<Chunk> written(Chunk chunk, Heard event) {
        JsonNode copy = chunk.tree().deepCopy();
        texts.pieces(copy, new Retold(event));
        return texts.isEmpty(copy) ? List.of() : List.of(Chunk.of(chunk.event(), copy, chunk.mark()));
    }

    /** What was held of texts that cannot go on. */
    private List<Chunk> turned(Heard event, JsonNode tree) {
        List<Chunk> out = new ArrayList<>(0);
        voices.letGo(event::turnsFrom, (channel, text) -> flush(channel, text, tree, out));
        return out;
    }

    private void flush(Channel channel, String text, JsonNode like, List<Chunk> out) {
        if (!text.isEmpty()) {
            out.add(texts.piece(like, channel, text));
        }
    }

    /** What is still held when the stream ends well. */
    private synchronized List<Chunk> rest() {
        List<Chunk> out = held();
        wholes.endAll();
        enforce();
        verdicts.tell();
        return out;
    }

    private List<Chunk> held() {
        List<Chunk> out = new ArrayList<>(0);
        JsonNode like = last;
        if (like != null) {
            voices.letGo(channel -> true, (channel, text) -> flush(channel, text, like, out));
        }
        voices.look();
        return out;
    }

    /** What is still held when it breaks; nothing where it is a guard that ends it. */
    private synchronized List<Chunk> broken(Throwable failure) {
        if (blocked) {
            leave();
            return List.of();
        }
        List<Chunk> out = held();
        wholes.leave();
        verdicts.tell();
        return mayGo() ? out : List.of();
    }

    /** What was held is looked at last, and may be what must not go out. */
    private boolean mayGo() {
        try {
            enforce();
            return true;
        } catch (GatewayException refusal) {
            return false;
        }
    }

    /** Nothing more goes out; of what did, all is looked at. On any thread, where it is the caller who left. */
    private synchronized void leave() {
        voices.look();
        wholes.leave();
        verdicts.tell();
    }

    private void enforce() {
        try {
            verdicts.enforce();
        } catch (GatewayException refusal) {
            blocked = true;
            throw refusal;
        }
    }
}
