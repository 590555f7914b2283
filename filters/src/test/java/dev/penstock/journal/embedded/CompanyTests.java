package dev.penstock.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests for {@link Company}. */
class CompanyTests {

    private final Company company = new Company();

    private void came(int batches, int awaited) {
        for (int i = 0; i < batches; i++) {
            company.came(awaited);
        }
    }

    @Test
    void nobodyWaitsForOneCallerAfterAnother() {
        int waits = 0;
        for (int batch = 0; batch < 1000; batch++) {
            waits += company.expected() ? 1 : 0;
            company.came(1);
        }
        assertThat(waits).isBetween(1, 1000 / 16);
    }

    @Test
    void theWriterWaitsForAsLongAsOthersCome() {
        came(1, 3);
        assertThat(company.expected()).isTrue();
        came(100, 2);
        assertThat(company.expected()).isTrue();
        came(1, 1);
        assertThat(company.expected()).isFalse();
    }

    @Test
    void whatNobodyWaitsForSaysNothing() {
        came(1, 2);
        came(100, 0);
        assertThat(company.expected()).isTrue();
    }
}
