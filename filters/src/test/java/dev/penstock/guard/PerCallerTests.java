package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests for {@link PerCaller}. */
class PerCallerTests {

    private final GuardSettings settings = new GuardSettings(
            Map.of(),
            Map.of("crm", List.of("own"), "mail", List.of("own")),
            Map.of("sales", List.of("shared")),
            List.of());
    private final PerCaller<List<String>> guardrails = new PerCaller<>(settings, names -> List.copyOf(names));

    private List<String> of(String service, String team, String key) {
        return guardrails.of(new Caller(service, team, key, List.of()));
    }

    @Test
    void nobodyGetsTheGuardrailsOfAnotherServiceOrTeam() {
        for (int asked = 0; asked < 2; asked++) {
            assertThat(of("crm", "sales", "a")).containsExactly("shared", "own");
            assertThat(of("crm", "", "a")).containsExactly("own");
            assertThat(of("shop", "sales", "a")).containsExactly("shared");
            assertThat(of("shop", "", "a")).isEmpty();
        }
    }

    @Test
    void thoseWithTheSameListShareWhatIsMadeOfIt() {
        assertThat(of("crm", "sales", "a")).isSameAs(of("crm", "sales", "b")).isSameAs(of("mail", "sales", "a"));
    }
}
