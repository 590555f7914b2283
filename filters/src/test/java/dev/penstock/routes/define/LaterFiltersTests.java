package dev.penstock.routes.define;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for {@link LaterFilters}. */
class LaterFiltersTests {

    @ParameterizedTest
    @EnumSource
    void aStepIsInThisVersion(Step step) {
        assertThat(LaterFilters.has(step.filter())).isFalse();
    }
}
