package dev.penstock.provider;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Need;
import dev.penstock.core.UpstreamError;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An API that providers speak. Stateless; what belongs to one stream lives in {@link StreamReader} and {@link Frames}. */
public interface Dialect {

    /** Its name in routes.yml and on {@code Asked.dialect()}. */
    String name();

    /** The needs that this dialect has no words for, of this upstream model. */
    Set<Need> lacks(String model);

    /**
     * The verbatim lane: the caller's tree, already in this dialect, with the model set. Does not change {@code body}.
     *
     * @param cap output tokens, written in the field that the provider honours; 0 leaves what the caller asks for
     */
    UpstreamRequest relay(ObjectNode body, String model, int cap);

    /**
     * The translated lane.
     *
     * @param cap output tokens, reasoning included, that the body asks for at most; 0 leaves what the caller asks for
     */
    UpstreamRequest encode(ChatRequest request, String model, int cap);

    /** Where models are listed, below the base URL: asked to see whether a key is good, which costs nothing. */
    default String modelsPath() {
        return "/models";
    }

    /** Headers that every request has to have; lower-case names. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** Headers that carry the secret; lower-case names. */
    Map<String, String> credential(String secret);

    /**
     * Reads a whole answer.
     *
     * @throws DecodeException when it is not an answer of this dialect, or says that it is not complete
     */
    ChatAnswer decode(JsonNode body);

    /**
     * A checked whole answer of the verbatim lane: what it used and how it ended, without a copy of its content.
     *
     * @throws DecodeException when it is not an answer of this dialect
     */
    Facts facts(JsonNode body);

    /** Cuts a stream's bytes into events. */
    Frames frames();

    /** Reads events into deltas, for callers of another dialect. */
    StreamReader reader();

    /** Looks at events that travel verbatim. */
    StreamScanner scanner();

    /** Reads an error answer. {@code headers} have lower-case names; {@code body} may be anything. */
    UpstreamError error(int status, Map<String, String> headers, byte[] body);
}
