package dev.penstock.provider.openai;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Need;
import dev.penstock.core.UpstreamError;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.Facts;
import dev.penstock.provider.Frames;
import dev.penstock.provider.RetryAfter;
import dev.penstock.provider.SseFrames;
import dev.penstock.provider.StreamReader;
import dev.penstock.provider.StreamScanner;
import dev.penstock.provider.UpstreamRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, as OpenAI and its compatibles speak them; usage of streams is always asked for. */
public final class OpenAiDialect implements Dialect {

    public static final String NAME = "openai";

    static final String PATH = "/chat/completions";

    private final OpenAiErrors errors;

    /** {@code clock} turns a {@code retry-after} that is a date into a duration. */
    public OpenAiDialect(Clock clock) {
        this.errors = new OpenAiErrors(new RetryAfter(clock));
    }

    public OpenAiDialect() {
        this(Clock.systemUTC());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing: the hub is this dialect's own form. What a single model cannot do, its provider says. */
    @Override
    public Set<Need> lacks(String model) {
        return Set.of();
    }

    @Override
    public UpstreamRequest relay(ObjectNode body, String model, int cap) {
        return new UpstreamRequest(PATH, Map.of(), OpenAiRelay.body(body, model, cap), Set.of());
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, String model, int cap) {
        return OpenAiRequest.write(request, model, cap);
    }

    @Override
    public Map<String, String> credential(String secret) {
        return Map.of("authorization", "Bearer " + secret);
    }

    @Override
    public ChatAnswer decode(JsonNode body) {
        return OpenAiAnswer.decode(body);
    }

    @Override
    public Facts facts(JsonNode body) {
        return OpenAiAnswer.facts(body);
    }

    @Override
    public Frames frames() {
        return new SseFrames();
    }

    @Override
    public StreamReader reader() {
        return new OpenAiStream();
    }

    @Override
    public StreamScanner scanner() {
        return new OpenAiScanner();
    }

    @Override
    public UpstreamError error(int status, Map<String, String> headers, byte[] body) {
        return errors.read(status, headers, body);
    }
}
