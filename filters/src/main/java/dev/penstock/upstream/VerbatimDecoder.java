package dev.penstock.upstream;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Fact;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.Frame;
import dev.penstock.provider.Frames;
import dev.penstock.provider.StreamScanner;
import dev.penstock.provider.StreamScanner.Sight;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Lets events through as they are, looking at each for what the gateway has to know. */
final class VerbatimDecoder implements Decoder {

    private final AttemptBooks books;
    private final Frames frames;
    private final StreamScanner scanner;
    private final boolean wantsUsage;
    private boolean named;

    VerbatimDecoder(AttemptBooks books) {
        Dialect dialect = books.provider().dialect();
        this.books = books;
        this.wantsUsage = books.exchange().surface().wantsUsage(books.exchange().get(Fact.CLEARED));
        this.frames = dialect.frames();
        this.scanner = dialect.scanner();
    }

    @Override
    public void feed(ByteBuffer bytes, Consumer<Chunk> chunks) {
        frames.feed(bytes, frame -> look(frame, chunks));
    }

    private void look(Frame frame, Consumer<Chunk> chunks) {
        Sight sight = scanner.look(frame);
        if (sight == Sight.END) {
            return;
        }
        if (sight != Sight.SEMANTIC || !named || scanner.tellsUsage()) {
            named = true;
            note();
        }
        if (scanner.said() > 0) {
            books.attempt().heard().event(scanner.said());
        }
        Frame clean = scanner.clean(frame);
        clean = wantsUsage ? clean : scanner.withoutUsage(clean);
        chunks.accept(new Chunk(clean.event(), clean.data(), mark(sight)));
    }

    private void note() {
        books.attempt().answeredBy(scanner.model());
        Usage usage = scanner.usage();
        if (usage != null) {
            books.attempt().used(usage);
        }
    }

    private static Mark mark(Sight sight) {
        return switch (sight) {
            case SEMANTIC -> Mark.SEMANTIC;
            case FINISH -> Mark.FINISH;
            case USAGE_ONLY -> Mark.USAGE_ONLY;
            default -> Mark.PREAMBLE;
        };
    }

    @Override
    public void end(Consumer<Chunk> chunks) {
        note();
    }

    @Override
    public boolean complete() {
        return scanner.complete();
    }

    @Override
    public boolean closed() {
        return scanner.closed();
    }
}
