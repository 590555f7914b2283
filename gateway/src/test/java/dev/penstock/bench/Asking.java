package dev.penstock.bench;

import java.nio.charset.StandardCharsets;

/** The caller's requests: OpenAI chat, about 1 KB. */
enum Asking {
    JSON("", ""),
    STREAM(",\"stream\":true", ""),
    /** Events without a pace, for warming up. */
    HASTY(",\"stream\":true", " bench-hasty"),
    /** The upstream keeps silent. */
    HELD("", " bench-hold"),
    /** The upstream goes on for ever. */
    ENDLESS(",\"stream\":true", " bench-hold");

    private static final String TEXT = "Say in plain words what a penstock does and why it has a gate. "
            .repeat(12)
            .trim();

    private final String stream;
    private final String word;

    Asking(String stream, String word) {
        this.stream = stream;
        this.word = word;
    }

    byte[] of(String model) {
        String body = """
                {"model":"%s","messages":[{"role":"system","content":"You are a patient engineer.%s"},\
                {"role":"user","content":"%s"}],"temperature":0.7,"max_tokens":512%s}""".formatted(model, word, TEXT, stream);
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
