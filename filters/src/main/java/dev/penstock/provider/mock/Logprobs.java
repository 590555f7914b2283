package dev.penstock.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plausible log probabilities: fixed by the token itself, the first alternative is the token. */
final class Logprobs {

    private static final List<String> OTHERS =
            List.of(" the", " a", " and", " of", " it", ".", ",", " in", " to", " is");

    private Logprobs() {}

    /** OpenAI's {@code logprobs} object for these tokens; {@code kind} names the list they belong to. */
    static ObjectNode of(Reply.Kind kind, List<String> pieces, int alternatives) {
        ObjectNode logprobs = Json.object();
        boolean refusal = kind == Reply.Kind.REFUSAL;
        ArrayNode list = logprobs.putArray(refusal ? "refusal" : "content");
        logprobs.putNull(refusal ? "content" : "refusal");
        for (String piece : pieces) {
            ObjectNode entry =
                    list.add(token(piece, chance(piece))).get(list.size() - 1).asObject();
            ArrayNode top = entry.putArray("top_logprobs");
            for (int i = 0; i < alternatives; i++) {
                top.add(i == 0 ? token(piece, chance(piece)) : other(piece, i));
            }
        }
        return logprobs;
    }

    private static ObjectNode other(String piece, int index) {
        int at = Math.floorMod(piece.hashCode() + index, OTHERS.size());
        return token(OTHERS.get(at), chance(piece) - 1.5 * index);
    }

    private static ObjectNode token(String piece, double logprob) {
        ObjectNode token = Json.object().put("token", piece).put("logprob", logprob);
        ArrayNode bytes = token.putArray("bytes");
        for (byte one : piece.getBytes(UTF_8)) {
            bytes.add(one & 0xff);
        }
        return token;
    }

    /** Between −0.001 and −1. */
    private static double chance(String piece) {
        return -(1 + Math.floorMod(piece.hashCode(), 1000)) / 1000.0;
    }
}
