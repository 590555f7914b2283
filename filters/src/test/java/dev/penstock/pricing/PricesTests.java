package dev.penstock.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Usage;
import dev.penstock.pricing.Prices.Provider;
import dev.penstock.pricing.PricesConfig.PriceConfig;
import dev.penstock.pricing.PricesConfig.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a price is found. */
class PricesTests {

    private static final Instant NOW = Instant.parse("2026-08-21T12:00:00Z");

    private static final PriceConfig CHEAP = new PriceConfig(
            new BigDecimal("0.40"),
            new BigDecimal("1.60"),
            Optional.of(new BigDecimal("0.10")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void anOverrideComesBeforeFreeAndFreeBeforeTheCatalogue() {
        Prices prices = new Prices(
                new PricesConfig(Source.BUILTIN, Map.of("openai/gpt-4.1-mini", CHEAP, "mock/marketer", CHEAP)),
                Map.of(
                        "openai", new Provider("openai", "api.openai.com", true),
                        "mock", new Provider("mock", "", false),
                        "second", new Provider("openai", "api.openai.com", false)));
        assertThat(id(prices, "openai", "gpt-4.1-mini")).isEqualTo("override");
        assertThat(id(prices, "openai", "gpt-4.1")).isEqualTo("free");
        assertThat(id(prices, "mock", "anything")).isEqualTo("free");
        assertThat(id(prices, "mock", "marketer")).isEqualTo("override");
        assertThat(id(prices, "second", "gpt-4.1")).startsWith("openai/gpt-4.1@");
    }

    @Test
    void anOverrideIsExact() {
        Prices prices = new Prices(
                new PricesConfig(Source.BUILTIN, Map.of("a/b/c", CHEAP)),
                Map.of("a", new Provider("openai", "", false)));
        assertThat(prices.of("a", "b/c", NOW)
                        .orElseThrow()
                        .cost(Usage.reported(1_000_000, 0))
                        .nanoUsd())
                .isEqualTo(400_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, '', '', gpt-4.1-mini, openai/gpt-4.1-mini@",
        "OpenAI, openai, proxy.example, gpt-4.1-mini, openai/gpt-4.1-mini@",
        "mine, openai, api.openai.com, gpt-4.1-mini-2025-04-14, openai/gpt-4.1-mini@",
        "mine, openai, api.groq.com, openai/gpt-oss-120b, groq/",
        "mine, gemini, proxy.example, gemini-2.5-pro, google/gemini-2.5-pro@",
        "mine, vertex, europe-west1-aiplatform.googleapis.com, claude-opus-4-6, google/claude-opus-4-6@",
        "mine, vertex, x.googleapis.com, claude-2.1, anthropic/claude-2@",
        "mine, azure-openai, acme.openai.azure.com, gpt-4.1, openai/gpt-4.1@",
        "mine, bedrock, bedrock-runtime.eu-central-1.amazonaws.com, eu.anthropic.claude-sonnet-4-5-20250929-v1:0, aws/regional.anthropic.claude-sonnet-4-5",
        "anthropic, anthropic, '', claude-sonnet-4-5-20250929, anthropic/claude-sonnet-4-5@",
        "openai, openai, '', gpt-4.1-mini-20250414, openai/gpt-4.1-mini@",
        "xai, openai, '', grok-4.3, x-ai/grok-4.3@"
    })
    void aServiceIsKnownByItsNameOrHostOrDialect(
            String name, String dialect, String host, String model, String expected) {
        Prices prices = new Prices(
                new PricesConfig(Source.BUILTIN, Map.of()), Map.of(name, new Provider(dialect, host, false)));
        assertThat(id(prices, name, model)).startsWith(expected);
        assertThat(prices.knows(name, model)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "vllm, openai, llm.internal, gpt-4.1-mini",
        "vllm, anthropic, llm.internal, claude-haiku-4-5",
        "openai, openai, api.openai.com, gpt-9",
        "openrouter, openai, openrouter.ai, arliai/qwq-32b-arliai-rpr-v1:free"
    })
    void whatIsNotKnownHasNoPrice(String name, String dialect, String host, String model) {
        Prices prices = new Prices(
                new PricesConfig(Source.BUILTIN, Map.of()), Map.of(name, new Provider(dialect, host, false)));
        assertThat(prices.of(name, model, NOW)).isEmpty();
        assertThat(prices.knows(name, model)).isFalse();
    }

    @Test
    void aPriceCountsFromItsDay() {
        Prices prices = Prices.builtin();
        Price before = prices.of("anthropic", "claude-sonnet-5", Instant.parse("2026-08-31T23:59:59Z"))
                .orElseThrow();
        Price after = prices.of("anthropic", "claude-sonnet-5", Instant.parse("2026-09-01T00:00:00Z"))
                .orElseThrow();
        assertThat(before.cost(Usage.reported(1_000_000, 0)).nanoUsd()).isEqualTo(2_000_000_000L);
        assertThat(after.cost(Usage.reported(1_000_000, 0)).nanoUsd()).isEqualTo(3_000_000_000L);
        assertThat(before.id()).isEqualTo("anthropic/claude-sonnet-5@47df840");
        assertThat(after.id()).isEqualTo("anthropic/claude-sonnet-5@2026-09-01.47df840");
    }

    @ParameterizedTest
    @CsvSource({"00:29:59, 1", "00:30:00, 2", "16:29:59, 2", "16:30:00, 1"})
    void aPriceCountsAtItsTimeOfDay(String time, long usd) {
        Listed listed = listed("{'prices':[{'input':1},{'daily':'00:30-16:30','input':2}]}");
        Price price = listed.at(Instant.parse("2026-08-21T" + time + "Z")).orElseThrow();
        assertThat(price.cost(Usage.reported(1_000_000, 0)).nanoUsd()).isEqualTo(usd * 1_000_000_000);
    }

    @ParameterizedTest
    @CsvSource({"16:30:00, 2", "23:59:59, 2", "00:29:59, 2", "00:30:00, 1"})
    void aTimeOfDayMayWrapAroundMidnight(String time, long usd) {
        Listed listed = listed("{'prices':[{'input':1},{'daily':'16:30-00:30','input':2}]}");
        Price price = listed.at(Instant.parse("2026-08-21T" + time + "Z")).orElseThrow();
        assertThat(price.cost(Usage.reported(1_000_000, 0)).nanoUsd()).isEqualTo(usd * 1_000_000_000);
    }

    @Test
    void whatWasFoundForOneProviderIsNotTheOthers() {
        Prices prices = new Prices(
                new PricesConfig(Source.BUILTIN, Map.of()),
                Map.of(
                        "vllm", new Provider("openai", "llm.internal", false),
                        "mine", new Provider("openai", "api.openai.com", false)));
        for (int asked = 0; asked < 2; asked++) {
            assertThat(prices.of("vllm", "gpt-4.1", NOW)).isEmpty();
            assertThat(id(prices, "mine", "gpt-4.1")).startsWith("openai/gpt-4.1@");
        }
    }

    /** More of them than are remembered. */
    @Test
    void aPriceIsFoundBehindAnyNumberOfUnknownModels() {
        Prices prices = Prices.builtin();
        for (int i = 0; i < 5_000; i++) {
            assertThat(prices.knows("openai", "nobody-knows-" + i)).isFalse();
        }
        assertThat(id(prices, "openai", "gpt-4.1")).startsWith("openai/gpt-4.1@");
        assertThat(prices.of("openai", "nobody-knows-4999", NOW)).isEmpty();
    }

    @Test
    void theContextWindowIsTheCatalogues() {
        assertThat(Prices.builtin().contextWindow("openai", "gpt-4.1-mini")).hasValue(1_000_000);
        assertThat(Prices.builtin().contextWindow("openai", "gpt-9")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4, gpt-4, true",
        "gpt-4, gpt-4o, false",
        "gpt-4*, gpt-4o, true",
        "gpt-4*, gpt-4, true",
        "gpt-4*, my-gpt-4, false",
        "*-4, gpt-4, true",
        "*-4, gpt-4o, false",
        "*pt-*, gpt-4, true",
        "*pt-*, gp-4, false",
        "a-####, a-2026, true",
        "a-####, a-202, false",
        "a-####, a-202x, false",
        "a-#*, a-1b, true",
        "a-#*, a-b, false",
        "*, anything, true"
    })
    void aRuleIsATextWithStarsAndDigits(String rule, String model, boolean matches) {
        assertThat(ModelRule.of(rule).matches(model)).isEqualTo(matches);
    }

    private static Listed listed(String json) {
        return new Listed("any " + json.replace('\'', '"'), "test", "0000000");
    }

    private static String id(Prices prices, String provider, String model) {
        return prices.of(provider, model, NOW).map(Price::id).orElse("none");
    }
}
