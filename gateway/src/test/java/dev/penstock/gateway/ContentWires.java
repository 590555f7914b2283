package dev.penstock.gateway;

import dev.penstock.core.Json;
import dev.penstock.testing.Script;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a model writes, in the wire of each dialect, whole and as a stream. */
enum ContentWires {
    OPENAI {
        @Override
        Script whole(String text) {
            ObjectNode body = Json.object().put("id", "chatcmpl-1").put("object", "chat.completion");
            body.put("created", 1).put("model", "up-1");
            ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
            choice.putObject("message").put("role", "assistant").put("content", text);
            choice.put("finish_reason", "stop");
            body.putObject("usage")
                    .put("prompt_tokens", 3)
                    .put("completion_tokens", 2)
                    .put("total_tokens", 5);
            return Script.json(Json.LENIENT_DEPTH.text(body));
        }

        @Override
        Script stream(String text) {
            Script script = Script.stream().sse(Wires.role());
            pieces(text).forEach(piece -> script.sse(Wires.delta(quoted(piece))));
            return script.sse(Wires.finish()).done();
        }
    },
    ANTHROPIC {
        @Override
        Script whole(String text) {
            ObjectNode body = Json.object().put("id", "msg_1").put("type", "message");
            body.put("role", "assistant").put("model", "up-1");
            body.putArray("content").addObject().put("type", "text").put("text", text);
            body.put("stop_reason", "end_turn").putNull("stop_sequence");
            body.putObject("usage").put("input_tokens", 3).put("output_tokens", 2);
            return Script.json(Json.LENIENT_DEPTH.text(body));
        }

        @Override
        Script stream(String text) {
            Script script = Script.stream()
                    .sse(
                            "message_start",
                            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                                    + "\"model\":\"up-1\",\"content\":[],\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}")
                    .sse(
                            "content_block_start",
                            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
            pieces(text)
                    .forEach(piece -> script.sse(
                            "content_block_delta",
                            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                                    + quoted(piece) + "\"}}"));
            return script.sse("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                    .sse(
                            "message_delta",
                            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                    + "\"usage\":{\"output_tokens\":2}}")
                    .sse("message_stop", "{\"type\":\"message_stop\"}")
                    .endChunks();
        }
    };

    private static final int PIECE = 40;

    abstract Script whole(String text);

    abstract Script stream(String text);

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + PIECE);
            to -= to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** As the inside of a JSON string. */
    private static String quoted(String text) {
        String written = Json.LENIENT_DEPTH.text(Json.object().put("t", text));
        return written.substring("{\"t\":\"".length(), written.length() - "\"}".length());
    }
}
