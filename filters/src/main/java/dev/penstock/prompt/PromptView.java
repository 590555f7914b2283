package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.kind.PromptVersion;
import dev.penstock.prompt.template.PromptException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a content request becomes, for those who want to see it before it is sent. Thread-safe. */
public final class PromptView {

    private final Kinds kinds;

    public PromptView(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param asked what would be asked; its model is empty where the route's own holds */
    public record Line(String kind, String version, String hash, Asked asked) {}

    /** The conversation that would be sent, as OpenAI's chat messages, with the version that it is made of. */
    public ObjectNode rendered(String name, ObjectNode request) {
        Line line = of(name, request);
        ObjectNode shown = Json.object()
                .put("kind", line.kind())
                .put("version", line.version())
                .put("hash", line.hash())
                .put("model", line.asked().model());
        ArrayNode messages = shown.putArray("messages");
        for (Turn turn : line.asked().hub().turns()) {
            StringBuilder text = new StringBuilder();
            turn.parts().forEach(part -> text.append(part instanceof Part.Text it ? it.text() : ""));
            messages.addObject()
                    .put("role", turn.role().name().toLowerCase(Locale.ROOT))
                    .put("content", text.toString());
        }
        return shown;
    }

    /** What is wrong with folders that are not served as they are now; the kinds that they held before go on. */
    public List<String> refused() {
        return kinds.refused().values().stream()
                .map(PromptException::getMessage)
                .toList();
    }

    /**
     * Renders as the steps of a request do.
     *
     * @throws dev.penstock.core.GatewayException for an unknown kind or version, and for an input that does not fit
     */
    public Line of(String name, ObjectNode request) {
        Kind kind = kinds.get(name);
        ObjectNode input = kind.input(request);
        PromptVersion version = kind.version(Json.string(input, "prompt_version"));
        String model = Json.string(request, "model");
        Asked asked =
                Asked.rendered(model.isEmpty() ? kind.model() : model, input, Set.of(), kind.prompt(version, input));
        return new Line(kind.name(), version.name(), version.hash(), asked);
    }
}
