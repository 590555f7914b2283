package dev.penstock.upstream;

import dev.penstock.core.Chunk;
import dev.penstock.core.Delta;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.Frames;
import dev.penstock.provider.StreamReader;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads events into deltas and writes those in the caller's dialect. */
final class TranslatingDecoder implements Decoder {

    private final AttemptBooks books;
    private final Frames frames;
    private final StreamReader reader;
    private final DeltaWriter writer;

    TranslatingDecoder(AttemptBooks books) {
        Dialect dialect = books.provider().dialect();
        this.books = books;
        this.frames = dialect.frames();
        this.reader = dialect.reader();
        this.writer = books.exchange().surface().writer(books.exchange().id());
    }

    @Override
    public void feed(ByteBuffer bytes, Consumer<Chunk> chunks) {
        frames.feed(bytes, frame -> reader.read(frame, delta -> pass(delta, chunks)));
    }

    private void pass(Delta delta, Consumer<Chunk> chunks) {
        if (delta instanceof Delta.Begin begin) {
            books.attempt().answeredBy(begin.model());
        } else if (delta instanceof Delta.Tokens tokens) {
            books.attempt().used(tokens.usage());
        } else if (delta instanceof Delta.Finish finish) {
            books.attempt().finished(finish.reason().wire());
        }
        if (delta.semantic()) {
            books.attempt().heard().event(delta.said());
        }
        writer.write(named(delta), chunks);
    }

    /** Some providers do not say what they ran; then it is what was asked for. */
    private Delta named(Delta delta) {
        return delta instanceof Delta.Begin begin && begin.model().isEmpty()
                ? new Delta.Begin(begin.id(), books.attempt().model())
                : delta;
    }

    @Override
    public void end(Consumer<Chunk> chunks) {
        writer.end(chunks);
    }

    @Override
    public boolean complete() {
        return reader.complete();
    }

    @Override
    public boolean closed() {
        return reader.closed();
    }
}
