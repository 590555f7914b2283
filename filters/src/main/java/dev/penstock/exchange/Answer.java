package dev.penstock.exchange;

import dev.penstock.core.Chunk;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/** What goes back to the caller, in the caller's dialect. */
public sealed interface Answer {

    /** Tells {@code listener} how it ended, at once if it has; listeners are called once, in the order they came. */
    void whenOver(Consumer<Over> listener);

    /** Gives up an answer that nobody will read; does nothing to one that is being read or is over. */
    void close();

    /** Whether both are the same answer, possibly changed on its way. */
    boolean sameLife(Answer other);

    /**
     * An answer that is all here.
     *
     * @param bytes {@code body} as its provider wrote it, while no step has changed it
     */
    record Whole(ObjectNode body, byte @Nullable [] bytes) implements Answer {

        public Whole(ObjectNode body) {
            this(body, null);
        }

        @Override
        public void whenOver(Consumer<Over> listener) {
            listener.accept(Over.COMPLETE);
        }

        @Override
        public void close() {}

        @Override
        public boolean sameLife(Answer other) {
            return other instanceof Whole;
        }
    }

    /** An answer that has begun. It must be read once, or closed. */
    final class Streamed implements Answer {

        private final Flux<Chunk> chunks;
        private final Life life;
        private final @Nullable Streamed origin;

        private Streamed(Flux<Chunk> chunks, Life life, @Nullable Streamed origin) {
            this.chunks = chunks;
            this.life = life;
            this.origin = origin;
        }

        /** {@code source} is subscribed at most once; {@code release} frees what it holds when it never is. */
        public static Streamed of(Flux<Chunk> source, Runnable release) {
            Life life = new Life(release);
            return new Streamed(life.watch(source), life, null);
        }

        /** The events; a second subscription fails. */
        public Flux<Chunk> chunks() {
            return chunks;
        }

        /** The same stream with its events changed; its end stays the end of both. */
        public Streamed map(UnaryOperator<Flux<Chunk>> change) {
            return new Streamed(change.apply(chunks), life, origin);
        }

        /**
         * The same stream with an end of its own: it may fail where this one was only cancelled, and those who watch it are told so.
         * Whoever closes it closes this one.
         */
        public Streamed become(UnaryOperator<Flux<Chunk>> change) {
            Life own = new Life(this::close);
            return new Streamed(own.watch(change.apply(chunks)), own, this);
        }

        @Override
        public void whenOver(Consumer<Over> listener) {
            life.whenOver(listener);
        }

        @Override
        public void close() {
            life.close();
        }

        @Override
        public boolean sameLife(Answer other) {
            return other instanceof Streamed streamed && streamed.stemsFrom(life);
        }

        private boolean stemsFrom(Life other) {
            return life == other || origin != null && origin.stemsFrom(other);
        }
    }
}
