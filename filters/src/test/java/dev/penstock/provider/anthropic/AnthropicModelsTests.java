package dev.penstock.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link AnthropicModels} and its table, by PROVIDERS 4.6. */
class AnthropicModelsTests {

    private static final List<String> NEWEST = List.of(
            "claude-opus-4-7",
            "claude-opus-4-8",
            "claude-opus-5",
            "claude-sonnet-5",
            "claude-fable-5",
            "claude-mythos-5");

    private final AnthropicModels models = AnthropicModels.shipped();

    @Test
    void theNewestTakeNoSamplingAndNoPrefill() {
        assertThat(NEWEST).noneMatch(name -> can(name, Ability.TEMPERATURE) || can(name, Ability.PREFILL));
        assertThat(NEWEST).allMatch(name -> can(name, Ability.ADAPTIVE) && !can(name, Ability.BUDGET));
        assertThat(NEWEST).allMatch(name -> models.of(name).efforts().contains("xhigh"));
    }

    @Test
    void temperatureAndTopPTogetherEndWith41() {
        assertThat(can("claude-opus-4-1-20250805", Ability.TOP_P_TOO)).isFalse();
        assertThat(can("claude-sonnet-4-6", Ability.TOP_P_TOO)).isFalse();
        assertThat(can("claude-sonnet-4-20250514", Ability.TOP_P_TOO)).isTrue();
    }

    @Test
    void jsonSchemaBeginsWith41AndHaiku45() {
        assertThat(List.of("claude-opus-4-1", "claude-haiku-4-5-20251001", "claude-sonnet-4-5", "claude-opus-4-6"))
                .allMatch(name -> can(name, Ability.JSON_SCHEMA));
        assertThat(List.of("claude-opus-4-20250514", "claude-sonnet-4-0", "claude-3-7-sonnet-20250219"))
                .noneMatch(name -> can(name, Ability.JSON_SCHEMA));
    }

    @Test
    void onlyFableAndMythosRefuseForcedTools() {
        assertThat(can("claude-fable-5", Ability.FORCED_TOOL)).isFalse();
        assertThat(can("claude-mythos-preview", Ability.FORCED_TOOL)).isFalse();
        assertThat(can("claude-opus-5", Ability.FORCED_TOOL)).isTrue();
    }

    @Test
    void datesAreNotTakenForVersions() {
        assertThat(models.of("claude-opus-4-20250514").maxTokens()).isEqualTo(32_000);
        assertThat(models.of("claude-3-5-sonnet-20241022").maxTokens()).isEqualTo(8192);
        assertThat(models.of("claude-3-opus-20240229").maxTokens()).isEqualTo(4096);
    }

    @Test
    void namesOfResellersAndLaterGenerationsFindTheirRow() {
        assertThat(models.of("anthropic/claude-sonnet-4.5")).isEqualTo(models.of("claude-sonnet-4-5"));
        assertThat(models.of("claude-haiku-6-20270101")).isEqualTo(models.of("claude-sonnet-5"));
    }

    private boolean can(String model, Ability ability) {
        return models.of(model).can(ability);
    }
}
