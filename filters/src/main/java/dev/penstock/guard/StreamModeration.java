package dev.penstock.guard;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.Moderation.Said;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has one stream judged by moderators. Those that block judge it window by window, and a window goes out when they have let it pass; the others
 * judge its texts as wholes before the finish goes out. One stream, one thread at a time.
 */
final class StreamModeration {

    /** Characters that are held until they are judged, but for what the event that fills the window has more. */
    static final int WINDOW = 1000;

    /** Events that are held at most, however little they say. */
    private static final int MOST_HELD = 1024;

    private final LlmExchange exchange;
    private final ContextView context;
    private final Texts texts;
    private final Moderation moderation;
    private final Verdicts verdicts;
    private final List<Control> blocking;
    private final List<Control> watching;
    private final Passages windows;
    private final Passages wholes;
    private final List<Chunk> held = new ArrayList<>();

    /** Whether texts that are over wait for those who watch; read by whom the caller's leaving is told. */
    private volatile boolean judging;

    /** {@code context} is the request's. */
    StreamModeration(
            LlmExchange exchange,
            ContextView context,
            Texts texts,
            Moderation moderation,
            List<Control> output,
            Verdicts verdicts) {
        this.exchange = exchange;
        this.context = context;
        this.texts = texts;
        this.moderation = moderation;
        this.verdicts = verdicts;
        List<Control> asking = output.stream().filter(Control::asks).toList();
        this.blocking = asking.stream().filter(StreamModeration::blocks).toList();
        this.watching = asking.stream().filter(control -> !blocks(control)).toList();
        this.windows = new Passages();
        this.wholes = new Passages();
    }

    private static boolean blocks(Control control) {
        return control.config().action() == Action.BLOCK;
    }

    /** What was not judged when it breaks does not go out. */
    Answer.Streamed over(Answer.Streamed stream) {
        return stream.become(chunks -> chunks.concatMap(this::take, 0)
                .concatWith(Flux.defer(this::rest))
                .doOnError(failure -> leave())
                .doOnCancel(this::leave));
    }

    /** One choice's verdict says nothing of another that was said and not judged. */
    private void leave() {
        if (judging || wholes.isOpen()) {
            watching.forEach(control -> verdicts.skipped(control, "the stream ended before it"));
        }
        verdicts.tell();
    }

    private Flux<Chunk> take(Chunk chunk) {
        if (chunk.mark() == Mark.USAGE_ONLY) {
            return heldOrSent(chunk);
        }
        return texts.isWhole(chunk) ? whole(chunk) : pieces(chunk);
    }

    private Flux<Chunk> heldOrSent(Chunk chunk) {
        if (held.isEmpty()) {
            return Flux.just(chunk);
        }
        held.add(chunk);
        return held.size() < MOST_HELD ? Flux.empty() : judged(List.of());
    }

    private Flux<Chunk> whole(Chunk chunk) {
        List<Said> said = new ArrayList<>();
        texts.answered((ObjectNode) chunk.tree(), new TextVisitor() {
            @Override
            public String text(TextKind kind, String at, String text) {
                said.add(new Said(at, text, 0));
                return text;
            }
        });
        held.add(chunk);
        return asked(said, said).thenMany(Flux.defer(this::released));
    }

    private Flux<Chunk> pieces(Chunk chunk) {
        List<Integer> ends = new ArrayList<>(0);
        texts.pieces(chunk.tree(), new Texts.PieceVisitor() {
            @Override
            public String piece(Channel channel, String text) {
                if (!blocking.isEmpty()) {
                    windows.say(channel, text);
                }
                if (!watching.isEmpty()) {
                    wholes.say(channel, text);
                }
                return text;
            }

            @Override
            public String whole(Channel channel, String text) {
                repeated(channel, text);
                return text;
            }

            @Override
            public void ends(int choice) {
                ends.add(choice);
            }
        });
        if (ends.isEmpty() && windows.fresh() == 0) {
            return heldOrSent(chunk);
        }
        held.add(chunk);
        boolean full = windows.fresh() >= WINDOW || held.size() >= MOST_HELD;
        return full || !ends.isEmpty() ? judged(ends) : Flux.empty();
    }

    private void repeated(Channel channel, String text) {
        if (!blocking.isEmpty()) {
            windows.tell(channel, text);
        }
        if (!watching.isEmpty()) {
            wholes.tell(channel, text);
        }
    }

    /** What is held, when those who block let it pass, and those who watch have judged the choices that end with it. */
    private Flux<Chunk> judged(List<Integer> ends) {
        return asked(windows.window(), wholes.wholes(ends)).thenMany(Flux.defer(this::released));
    }

    /**
     * Later, since the connection that is being read may be the one that is asked. In the context of the request: the one of the response being
     * written releases buffers that others own.
     */
    private Mono<Void> asked(List<Said> window, List<Said> whole) {
        judging |= !whole.isEmpty();
        return moderation
                .judge(exchange, blocking, window, verdicts)
                .then(Mono.defer(() -> watched(whole)))
                .contextWrite(ofWriter -> Context.of(context))
                .subscribeOn(Schedulers.fromExecutor(exchange.loop()));
    }

    private Mono<Void> watched(List<Said> whole) {
        if (whole.isEmpty()) {
            return Mono.empty();
        }
        return moderation.judge(exchange, watching, whole, verdicts).doOnSuccess(done -> judging = false);
    }

    private Flux<Chunk> released() {
        verdicts.enforce();
        List<Chunk> out = List.copyOf(held);
        held.clear();
        return Flux.fromIterable(out);
    }

    /** What is left when the stream ends well, also where nothing was said at all. */
    private Flux<Chunk> rest() {
        return asked(windows.window(), wholes.rest()).thenMany(Flux.defer(() -> {
            watching.forEach(verdicts::ran);
            verdicts.tell();
            return released();
        }));
    }
}
