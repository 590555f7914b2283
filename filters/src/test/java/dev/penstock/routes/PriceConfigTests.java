package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Usage;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code prices:}, and {@code cost:} of a provider. */
class PriceConfigTests {

    private static final Instant NOW = Instant.parse("2026-08-21T12:00:00Z");
    private static final String OVERRIDE =
            "prices: { overrides: { \"openai/gpt-4.1-mini\": { input: 0.40, output: 1.60 } } }\n";

    @Test
    void anOverrideIsExactToTheNano() {
        String yaml = Sample.YAML
                + "prices: { catalogue: builtin, overrides: { \"openai/gpt-4.1-mini\": { input: 0.000000001,"
                + " output: 1.60, cached-input: 0.10, cache-write-hour: 2 } } }\n";
        Price price = price(yaml, "openai", "gpt-4.1-mini").orElseThrow();
        assertThat(price.id()).isEqualTo("override");
        assertThat(price.cost(Usage.reported(1_000_000, 0)).nanoUsd()).isEqualTo(1);
        assertThat(price.cost(Usage.reported(2, 0).cached(1, 0, 1)).nanoUsd()).isEqualTo(2_100);
    }

    @Test
    void withoutTheSectionTheCatalogueIsThere() {
        assertThat(price(Sample.YAML, "openai", "gpt-4.1-mini").orElseThrow().id())
                .startsWith("openai/gpt-4.1-mini@");
        assertThat(price(Sample.YAML, "openai", "gpt-9")).isEmpty();
        assertThat(price(Sample.YAML, "mock", "marketer").orElseThrow().id()).isEqualTo("free");
    }

    @Test
    void aProviderMayBeFree() {
        String yaml = Sample.with("dialect: openai\n", "dialect: openai\n    cost: free\n");
        assertThat(price(yaml, "openai", "gpt-9").orElseThrow().id()).isEqualTo("free");
        Sample.problems("dialect: openai\n", "dialect: openai\n    cost: cheap\n")
                .containsExactly("routes.yml:4:11 providers.openai.cost: 'cheap' (expected: free)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            input: 0.40    | input: -1          | routes.yml:19:56 prices.overrides.openai/gpt-4.1-mini.input: '-1' (expected: USD, 0 to 9000, up to 9 decimals)
            input: 0.40    | input: 9001        | routes.yml:19:56 prices.overrides.openai/gpt-4.1-mini.input: '9001' (expected: USD, 0 to 9000, up to 9 decimals)
            output: 1.60   | output: 0.0000000001 | routes.yml:19:70 prices.overrides.openai/gpt-4.1-mini.output: '0.0000000001' (expected: USD, 0 to 9000, up to 9 decimals)
            input: 0.40    | input: cheap       | routes.yml:19:56 prices.overrides.openai/gpt-4.1-mini.input: 'cheap' (expected: a number)
            , output: 1.60 | ''                 | routes.yml:19:47 prices.overrides.openai/gpt-4.1-mini.output: missing (expected: a number)
            openai/gpt-4.1-mini | gpt-4.1-mini  | routes.yml:19:24 prices.overrides.gpt-4.1-mini: 'gpt-4.1-mini' (expected: provider/model, the model as the provider names it)
            openai/gpt-4.1-mini | openia/gpt    | routes.yml:19:24 prices.overrides.openia/gpt: unknown provider 'openia' (expected one of: openai, mock); did you mean 'openai'?
            """)
    void anOverrideIsChecked(String found, String instead, String said) {
        assertThat(Compiling.problems(Sample.YAML + OVERRIDE.replace(found, instead)))
                .containsExactly(said);
    }

    @Test
    void anUnknownPriceIsRefused() {
        assertThat(Compiling.problems(Sample.YAML + OVERRIDE.replace("output:", "cached: 1, output:")))
                .singleElement()
                .asString()
                .startsWith("routes.yml:19:62 prices.overrides.openai/gpt-4.1-mini.cached: unknown key 'cached'"
                        + " (expected one of: input, output, cached-input, cache-write, cache-write-hour,");
    }

    @Test
    void aTargetWithoutAPriceIsAWarningThatNamesTheLine() {
        String yaml = Sample.with(
                "[ { provider: mock, model: marketer } ]",
                "[ { provider: mock, model: marketer }, { provider: openai, model: gpt-9 },"
                        + " { provider: openai, model: gpt-4.1 } ]");
        assertThat(warnings(yaml, Map.of("KEY", "sk-k")))
                .containsExactly("'openai/gpt-9' has no price, so what it costs is not known (expected: under"
                        + " prices.overrides, in USD per million tokens: \"openai/gpt-9\": { input: …, output: … }; or"
                        + " cost: free on the provider)");
        assertThat(warnings(yaml, Map.of())).noneMatch(it -> it.contains("price"));
    }

    private static List<String> warnings(String yaml, Map<String, String> environment) {
        return Compiling.compile(yaml, environment).warnings();
    }

    private static Optional<Price> price(String yaml, String provider, String model) {
        return Compiling.compile(yaml, Map.of()).settings().get(Prices.class).of(provider, model, NOW);
    }
}
