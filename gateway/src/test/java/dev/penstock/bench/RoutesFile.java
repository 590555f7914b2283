package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Penstock's routes.yml: two providers on the same upstream, one wire each. */
final class RoutesFile {

    static final String KEY = "psk_bench";
    static final String SAME = "same";
    static final String TRANSLATED = "translated";

    private static final String TEXT = """
            providers:
              one:
                dialect: openai
                base-url: http://127.0.0.1:%1$d/v1
                allow-private: true
                keys: [ { id: main, value: sk-bench } ]
                concurrency: 2000
              other:
                dialect: anthropic
                base-url: http://127.0.0.1:%1$d/v1
                allow-private: true
                keys: [ { id: main, value: sk-bench } ]
                concurrency: 2000
            models:
              same: { targets: [ { provider: one, model: bench-1 } ] }
              twin: { targets: [ { provider: one, model: bench-1 } ] }
              translated: { targets: [ { provider: other, model: claude-haiku-4-5 } ] }
            teams:
              bench: {}
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
            """;

    private RoutesFile() {}

    static Path write(Path folder, int upstream, StepSet steps) throws IOException {
        return Files.writeString(
                folder.resolve("routes-" + steps.ordinal() + ".yml"), TEXT.formatted(upstream) + steps.yaml());
    }
}
