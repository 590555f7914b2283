package dev.penstock.provider.openai;

import dev.penstock.core.Delta;
import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Chunks to deltas. Usage may stand on any chunk; Perplexity's last one repeats the whole answer, which is not read. */
final class OpenAiStream implements StreamReader {

    private final Ending ending = new Ending();
    private final Map<Integer, ChoiceStream> choices = new HashMap<>();
    private boolean begun;
    private @Nullable Usage usage;

    @Override
    public void read(Frame frame, Consumer<Delta> deltas) {
        if (DoneMarker.is(frame.data())) {
            ending.done();
            return;
        }
        JsonNode root = tree(frame);
        if (frame.event().equals("error") || root.hasNonNull("error")) {
            throw new StreamFailure(OpenAiErrors.inStream(root));
        }
        begin(root, deltas);
        for (JsonNode choice : root.path("choices")) {
            choice(choice, root, deltas);
        }
        usage(root, deltas);
    }

    /** The first chunk may be empty of everything, as Azure's is. */
    private void begin(JsonNode root, Consumer<Delta> deltas) {
        String model = Json.string(root, "model");
        if (!begun && (!model.isEmpty() || !root.path("choices").isEmpty())) {
            begun = true;
            deltas.accept(new Delta.Begin(Json.string(root, "id"), model));
        }
    }

    private void choice(JsonNode choice, JsonNode root, Consumer<Delta> deltas) {
        int index = (int) Json.integer(choice, "index");
        ending.began(index);
        if (choices.computeIfAbsent(index, ChoiceStream::new).read(choice, root, deltas)) {
            ending.finished(index);
        }
    }

    private void usage(JsonNode root, Consumer<Delta> deltas) {
        Usage now = OpenAiUsage.in(root);
        if (now != null) {
            Usage merged = OpenAiUsage.later(usage, now);
            usage = merged;
            deltas.accept(new Delta.Tokens(merged));
        }
    }

    @Override
    public boolean complete() {
        return ending.complete();
    }

    @Override
    public boolean closed() {
        return ending.closed();
    }

    private static JsonNode tree(Frame frame) {
        try {
            JsonNode root = Json.LENIENT_DEPTH.read(frame.data());
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException notJson) {
            throw new DecodeException("a chunk that is not JSON");
        }
        throw new DecodeException("a chunk that is no JSON object");
    }
}
