package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamScanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at chunks on their bytes; a tree is made only of those that hold usage or an error. {@link #clean} is meant for the
 * frame that was looked at last.
 */
final class OpenAiScanner implements StreamScanner {

    private final Ending ending = new Ending();
    private final ChunkScan scan = new ChunkScan(ending);
    private @Nullable Frame unclean;
    private @Nullable Usage usage;

    @Override
    public Sight look(Frame frame) {
        unclean = null;
        if (DoneMarker.is(frame.data())) {
            ending.done();
            return Sight.END;
        }
        if (frame.event().equals("error")) {
            throw new StreamFailure(OpenAiErrors.inStream(tree(frame)));
        }
        try {
            scan.run(frame.data());
        } catch (JacksonException notJson) {
            throw new DecodeException("a chunk that is not JSON");
        }
        return sight(frame);
    }

    private Sight sight(Frame frame) {
        if (scan.error) {
            throw new StreamFailure(OpenAiErrors.inStream(tree(frame)));
        }
        if (scan.failed) {
            throw new DecodeException("finish_reason 'error'");
        }
        if (scan.nullError || scan.severalLines) {
            unclean = frame;
        }
        if (scan.usage) {
            usage = OpenAiUsage.later(usage, OpenAiUsage.in(tree(frame)));
        }
        if (scan.finish) {
            return Sight.FINISH;
        }
        if (scan.content) {
            return Sight.SEMANTIC;
        }
        return scan.bareUsage() ? Sight.USAGE_ONLY : Sight.PREAMBLE;
    }

    @Override
    public Frame clean(Frame frame) {
        if (frame != unclean) {
            return frame;
        }
        ObjectNode copy = ((ObjectNode) tree(frame)).without("error");
        return new Frame(frame.event(), Json.LENIENT_DEPTH.write(copy));
    }

    @Override
    public Frame withoutUsage(Frame frame) {
        if (!scan.usageBesideChoices()) {
            return frame;
        }
        return new Frame(frame.event(), Json.LENIENT_DEPTH.write(((ObjectNode) tree(frame)).without("usage")));
    }

    @Override
    public boolean complete() {
        return ending.complete();
    }

    @Override
    public boolean closed() {
        return ending.closed();
    }

    @Override
    public int said() {
        return scan.said;
    }

    @Override
    public boolean tellsUsage() {
        return scan.usage;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public String model() {
        return scan.model;
    }

    private static JsonNode tree(Frame frame) {
        try {
            return Json.LENIENT_DEPTH.read(frame.data());
        } catch (JacksonException notJson) {
            throw new DecodeException("a chunk that is not JSON");
        }
    }
}
