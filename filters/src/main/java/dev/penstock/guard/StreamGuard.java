package dev.penstock.guard;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.GatewayException;
import dev.penstock.core.LastChunk;
import dev.penstock.core.TextKind;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Passage;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardBook.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final Map<Channel, Voice> voices = new LinkedHashMap<>(4);
    private final WholeAnswers wholes;
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
            String text = same.text(chunk.data(), length);
            voice(channel).say(text);
            wholes.said(channel, text);
            enforce();
        }
        return chunk;
    }

    /** An event that says one thing and ends nothing: the next of the same kind needs no tree. */
    private void learn(Chunk chunk, Event event) {
        if (event.said == 1 && event.ends.isEmpty() && chunk.mark() == Mark.SEMANTIC && same.wanted()) {
            Map.Entry<Channel, String> only = event.pieces.entrySet().iterator().next();
            usual = only.getKey();
            named = chunk.event();
            same.learn(chunk.data(), only.getValue());
        }
    }

    private synchronized List<Chunk> take(Chunk chunk) {
        if (chunk.mark() == Mark.PREAMBLE || chunk.mark() == Mark.USAGE_ONLY) {
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

    private List<Chunk> pieces(Chunk chunk) {
        JsonNode tree = chunk.tree();
        last = tree;
        Event event = new Event();
        texts.pieces(tree, event);
        List<Chunk> before = page.holds() ? turned(event, tree) : List.of();
        boolean changed = event.say();
        if (!page.holds()) {
            learn(chunk, event);
        }
        event.ends.forEach(wholes::end);
        enforce();
        List<Chunk> now = changed ? event.written(chunk) : List.of(chunk);
        if (before.isEmpty()) {
            return now;
        }
        before.addAll(now);
        return before;
    }

    /** What was held of texts that cannot go on. */
    private List<Chunk> turned(Event event, JsonNode tree) {
        List<Chunk> out = new ArrayList<>(0);
        voices.forEach((channel, voice) -> {
            boolean speaks = event.pieces.containsKey(channel);
            if (voice.isHolding() && !speaks && event.turnsFrom(channel)) {
                flush(channel, voice, tree, out);
            }
        });
        return out;
    }

    private void flush(Channel channel, Voice voice, JsonNode like, List<Chunk> out) {
        String text = voice.end();
        if (!text.isEmpty()) {
            out.add(texts.piece(like, channel, text));
        }
    }

    private Voice voice(Channel channel) {
        Voice known = voices.get(channel);
        return known != null
                ? known
                : voices.computeIfAbsent(
                        channel, it -> new Voice(it, page.pieces().get(it.kind()), verdicts));
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
            voices.forEach((channel, voice) -> flush(channel, voice, like, out));
        }
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
        voices.values().forEach(Voice::look);
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

    /** The pieces of one event. */
    private final class Event implements Texts.PieceVisitor {

        /** As they came; once they are said, as they go out. */
        private final Map<Channel, String> pieces = new LinkedHashMap<>(2);

        private final List<Integer> ends = new ArrayList<>(0);
        private int said;

        @Override
        public String piece(Channel channel, String text) {
            said++;
            pieces.merge(channel, text, String::concat);
            return text;
        }

        @Override
        public void ends(int choice) {
            ends.add(choice);
        }

        /** Whether what was held on the channel cannot go on, since its choice says something else by now. */
        private boolean turnsFrom(Channel channel) {
            return ends.contains(channel.choice())
                    || pieces.keySet().stream()
                            .anyMatch(other -> other.choice() == channel.choice()
                                    && !(other.kind() == TextKind.REASONING && channel.kind() == TextKind.REASONING));
        }

        /** Whether anything goes out otherwise than it came. */
        private boolean say() {
            boolean changed = false;
            for (Map.Entry<Channel, String> piece : pieces.entrySet()) {
                Channel channel = piece.getKey();
                Voice voice = voice(channel);
                String text = piece.getValue();
                String out = voice.say(text);
                out = ends.contains(channel.choice()) ? out + voice.end() : out;
                wholes.said(channel, text);
                if (!out.equals(text)) {
                    changed = true;
                    piece.setValue(out);
                }
            }
            return changed;
        }

        private List<Chunk> written(Chunk chunk) {
            JsonNode copy = chunk.tree().deepCopy();
            texts.pieces(copy, (channel, text) -> {
                String out = pieces.put(channel, "");
                return text.equals(out) ? text : out == null ? "" : out;
            });
            return texts.isEmpty(copy) ? List.of() : List.of(Chunk.of(chunk.event(), copy, chunk.mark()));
        }
    }
}
