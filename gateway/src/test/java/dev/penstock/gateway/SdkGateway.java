package dev.penstock.gateway;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.penstock.testing.Folders;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application in front of {@code mock} and of recorded bytes of both dialects, for the official OpenAI client. Providers
 * {@code openai401} and the like are the same upstream with a key pool of their own, since those errors put the key to rest.
 */
final class SdkGateway implements AutoCloseable {

    static final String NARROW_KEY = "psk_narrow";

    private static final String UPSTREAMS = """
              %1$s:
                dialect: %2$s
                base-url: %3$s
                allow-private: true
                keys: [ { id: main, value: upk-%1$s } ]
                retry: { attempts: 0 }
                breaker: { minimum: 1000, window: 1000 }
            """;

    private static final String REST = """
              mock: { dialect: mock, latency: 0ms, retry: { attempts: 0 }, breaker: { minimum: 1000, window: 1000 } }
            models:
              default: { targets: [ { provider: mock, model: marketer } ] }
              other: { targets: [ { provider: openai, model: text }, { provider: anthropic, model: text } ] }
            services:
              test: { keys: [ { id: test, value: psk_test } ] }
              narrow: { keys: [ { id: narrow, value: psk_narrow } ], models: [ default ] }
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, RenderPrompt, SelectUpstream, MeterUsage, CallUpstream ]
            """;

    private final ScriptedUpstream openai;
    private final ScriptedUpstream anthropic;
    private final RunningGateway gateway;

    private SdkGateway(long seed) {
        this.openai = ScriptedUpstream.seeded(seed).answering(Recorded::openai);
        this.anthropic = ScriptedUpstream.seeded(seed).answering(Recorded::anthropic);
        String upstreams = Stream.of("", "401", "429")
                .map(pool -> UPSTREAMS.formatted("openai" + pool, "openai", openai.uri("/v1"))
                        + UPSTREAMS.formatted("anthropic" + pool, "anthropic", anthropic.uri("/v1")))
                .collect(Collectors.joining());
        this.gateway = RunningGateway.ofFile(write("providers:\n" + upstreams + REST));
    }

    /** {@code seed} decides where the recordings are cut. */
    static SdkGateway seeded(long seed) {
        return new SdkGateway(seed);
    }

    /** The client as its documentation shows it. */
    OpenAIClient client(String key, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.uri("/v1").toString())
                .apiKey(key)
                .maxRetries(retries)
                .build();
    }

    OpenAIClient client() {
        return client(RunningGateway.KEY, 0);
    }

    ScriptedUpstream upstream(String provider) {
        return provider.startsWith("openai") ? openai : anthropic;
    }

    @Override
    public void close() {
        gateway.close();
        openai.close();
        anthropic.close();
    }

    private static Path write(String yaml) {
        try {
            return Files.writeString(Folders.make("penstock-sdk").resolve("routes.yml"), yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
