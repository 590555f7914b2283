package dev.penstock.bench;

import java.nio.charset.StandardCharsets;

/** What the upstream says, in the two wires: about 1 KB at once, or as events. */
enum Canned {
    OPENAI {
        @Override
        String whole() {
            return """
                    {"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench-1",\
                    "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
                    "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":190,"completion_tokens":150,\
                    "total_tokens":340,"prompt_tokens_details":{"cached_tokens":0}},"system_fingerprint":"fp_bench"}""".formatted(ANSWER);
        }

        @Override
        String opening() {
            return chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
        }

        @Override
        String event() {
            return chunk("{\"content\":\" pipeline\"}", "null");
        }

        @Override
        String ending() {
            return chunk("{}", "\"stop\"")
                    + CHUNK.formatted(
                            "[],\"usage\":{\"prompt_tokens\":190,\"completion_tokens\":60," + "\"total_tokens\":250}")
                    + "data: [DONE]\n\n";
        }

        private String chunk(String delta, String finish) {
            return CHUNK.formatted("[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish
                    + "}],\"usage\":null");
        }
    },
    ANTHROPIC {
        @Override
        String whole() {
            return """
                    {"id":"msg_bench","type":"message","role":"assistant","model":"bench-1","content":[{"type":"text",\
                    "text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":190,\
                    "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":150}}""".formatted(ANSWER);
        }

        @Override
        String opening() {
            return named(
                            "message_start",
                            "\"message\":{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\","
                                    + "\"model\":\"bench-1\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                                    + "\"usage\":{\"input_tokens\":190,\"output_tokens\":1}}")
                    + named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        }

        @Override
        String event() {
            return named(
                    "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" pipeline\"}");
        }

        @Override
        String ending() {
            return named("content_block_stop", "\"index\":0")
                    + named(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                    + "\"usage\":{\"output_tokens\":60}")
                    + named("message_stop", null);
        }

        private String named(String type, @org.jspecify.annotations.Nullable String members) {
            String rest = members == null ? "" : "," + members;
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
        }
    };

    private static final String ANSWER =
            "A penstock carries water from the gate to the turbine. ".repeat(12).trim();

    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":"
                    + "1700000000,\"model\":\"bench-1\",\"system_fingerprint\":\"fp_bench\",\"choices\":%s}\n\n";

    /** The answer as one document. */
    abstract String whole();

    /** What comes before the first text. */
    abstract String opening();

    /** One event with text. */
    abstract String event();

    /** What comes after the last text. */
    abstract String ending();

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
