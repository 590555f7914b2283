package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import reactor.core.publisher.Mono;

/** Tests for {@link StepFilter}. */
class StepFilterTests {

    private static StepFilter step(Step step) {
        return new StepFilter(step, (exchange, rest) -> rest.of(exchange));
    }

    private static List<String> joined(Set<Integer> between, GatewayFilter... filters) {
        return StepFilter.join(List.of(filters), between).stream()
                .map(filter -> filter instanceof StepFilter ? filter.toString() : "other")
                .toList();
    }

    @Test
    void neighboursAreOneFilter() {
        assertThat(joined(Set.of(-1, 10_000), step(Step.TELEMETRY), step(Step.AUDIT), step(Step.ADMIT)))
                .containsExactly("Telemetry, Audit, Admit");
    }

    @Test
    void anotherFilterOfTheRouteDividesThem() {
        GatewayFilter other = new OrderedGatewayFilter((web, chain) -> Mono.empty(), Step.AUDIT.order());
        assertThat(joined(Set.of(), step(Step.TELEMETRY), step(Step.AUDIT), other, step(Step.ADMIT)))
                .containsExactly("Telemetry, Audit", "other", "Admit");
    }

    /** Of two filters with one order Spring's chain has those of every route first. */
    @Test
    void aFilterOfEveryRouteDividesThemAlsoWhereItHasAStepsOrder() {
        Stream.of(Step.TELEMETRY.order() + 1, Step.AUDIT.order())
                .forEach(order -> assertThat(joined(Set.of(order), step(Step.TELEMETRY), step(Step.AUDIT)))
                        .containsExactly("Telemetry", "Audit"));
        assertThat(joined(Set.of(Step.TELEMETRY.order()), step(Step.TELEMETRY), step(Step.AUDIT)))
                .containsExactly("Telemetry, Audit");
    }
}
