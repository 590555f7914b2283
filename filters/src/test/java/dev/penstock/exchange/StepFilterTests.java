package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Exchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

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

    /** A step does its work when the request gets to it, and not when the chain is put together. */
    @Test
    void whatAStepThrowsIsTheFailureOfThoseBeforeItEachTime() {
        IllegalStateException broken = new IllegalStateException("broken");
        List<Over> ends = new ArrayList<>();
        AtomicInteger called = new AtomicInteger();
        StepFilter before = new StepFilter(Step.TELEMETRY, (it, rest) -> Over.watch(rest.of(it), ends::add));
        StepFilter throwing = new StepFilter(Step.AUDIT, (it, rest) -> {
            called.incrementAndGet();
            throw broken;
        });
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/").build());
        GatewayFilter joined =
                StepFilter.join(List.of(before, throwing), Set.of()).get(0);
        Mono<Void> run = joined.filter(exchange.web(), web -> Mono.empty());
        assertThat(called).hasValue(0);
        for (int i = 1; i <= 2; i++) {
            StepVerifier.create(run)
                    .verifyErrorSatisfies(failure -> assertThat(failure).isSameAs(broken));
            assertThat(called).hasValue(i);
            assertThat(ends).hasSize(i).last().isEqualTo(Over.failed(broken));
        }
    }
}
