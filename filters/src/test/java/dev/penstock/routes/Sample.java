package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.api.ListAssert;

/** A small right file, to be made wrong in one place. */
final class Sample {

    static final String YAML = """
            providers:
              openai:
                dialect: openai
                base-url: https://api.openai.com/v1
                keys: [ { id: main, value: "${KEY:}" } ]
                timeout: { connect: 2s }
              mock: { dialect: mock }
            models:
              default:
                targets: [ { provider: mock, model: marketer } ]
            services:
              demo: { keys: [ { id: a, value: psk_demo } ] }
            routes:
              - id: chat
                uri: llm://any
                predicates: [ "Path=/v1/chat/completions" ]
                filters: [ ParseChat ]
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, RenderPrompt, SelectUpstream, MeterUsage, CallUpstream ]
            """;

    private Sample() {}

    static String with(String found, String instead) {
        assertThat(YAML).contains(found);
        return YAML.replace(found, instead);
    }

    /** What is said of the file when one text of it is changed. */
    static ListAssert<String> problems(String found, String instead) {
        return assertThat(Compiling.problems(with(found, instead)));
    }

    static ListAssert<String> problems(String found, String instead, Map<String, String> environment) {
        return assertThat(Compiling.problems(with(found, instead), environment));
    }
}
