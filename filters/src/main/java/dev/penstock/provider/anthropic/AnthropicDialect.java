package dev.penstock.provider.anthropic;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Json;
import dev.penstock.core.Need;
import dev.penstock.core.UpstreamError;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.Facts;
import dev.penstock.provider.Frames;
import dev.penstock.provider.SseFrames;
import dev.penstock.provider.StreamReader;
import dev.penstock.provider.StreamScanner;
import dev.penstock.provider.UpstreamRequest;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's Messages API; the provider's base URL holds {@code /v1}. */
public final class AnthropicDialect implements Dialect {

    static final String NAME = "anthropic";

    private final AnthropicModels models = AnthropicModels.shipped();
    private final AnthropicErrors errors;

    /** {@code clock} turns a {@code retry-after} that is a date into a duration. */
    public AnthropicDialect(Clock clock) {
        this.errors = new AnthropicErrors(clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Need> lacks(String model) {
        Set<Need> lacks = EnumSet.of(Need.AUDIO, Need.CHOICES, Need.CUSTOM_TOOLS);
        if (!models.of(model).can(Ability.FORCED_TOOL)) {
            lacks.add(Need.FORCED_TOOL);
        }
        return lacks;
    }

    @Override
    public UpstreamRequest relay(ObjectNode body, String model, int cap) {
        ObjectNode sent = Json.object().setAll(body).put("model", model);
        if (cap > 0) {
            sent.put("max_tokens", cap);
        }
        return new UpstreamRequest(AnthropicRequest.PATH, AnthropicRequest.HEADERS, sent, Set.of());
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, String model, int cap) {
        return AnthropicRequest.of(request, model, models.of(model), cap);
    }

    @Override
    public Map<String, String> headers() {
        return AnthropicRequest.HEADERS;
    }

    @Override
    public Map<String, String> credential(String secret) {
        return Map.of("x-api-key", secret);
    }

    @Override
    public ChatAnswer decode(JsonNode body) {
        return AnthropicAnswer.of(body);
    }

    @Override
    public Facts facts(JsonNode body) {
        return AnthropicAnswer.facts(body);
    }

    @Override
    public Frames frames() {
        return new SseFrames();
    }

    @Override
    public StreamReader reader() {
        return new AnthropicStream();
    }

    @Override
    public StreamScanner scanner() {
        return new AnthropicScanner();
    }

    @Override
    public UpstreamError error(int status, Map<String, String> headers, byte[] body) {
        return errors.of(status, headers, body);
    }
}
