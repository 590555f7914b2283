package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests for {@link Gates}. */
class GatesTests {

    private static final IllegalStateException BROKEN = new IllegalStateException("broken");

    private final Gates gates = new Gates();
    private final Attempt attempt = new Attempt("up", "model", Instant.EPOCH);
    private final List<String> passed = new ArrayList<>();

    private Gate leaving(String name, Mono<Void> passing) {
        return new Gate() {

            @Override
            public Mono<Void> leaving(Attempt attempt, byte[] body) {
                return passing.doOnSubscribe(ignored -> passed.add(name));
            }
        };
    }

    @Test
    void theyArePassedOneAfterTheOther() {
        gates.add(new Gate() {});
        gates.add(leaving("first", Mono.empty()));
        gates.add(new Gate() {});
        gates.add(leaving("second", Mono.empty()));
        StepVerifier.create(gates.leaving(attempt, new byte[0])).verifyComplete();
        assertThat(passed).containsExactly("first", "second");
    }

    @Test
    void whatDoesNotPassOneDoesNotComeToTheNext() {
        gates.add(leaving("first", Mono.error(BROKEN)));
        gates.add(leaving("second", Mono.empty()));
        StepVerifier.create(gates.leaving(attempt, new byte[0]))
                .verifyErrorSatisfies(it -> assertThat(it).isSameAs(BROKEN));
        assertThat(passed).containsExactly("first");
    }

    @Test
    void whatAGateThrowsIsAFailureOfItsAttempt() {
        gates.add(new Gate() {});
        gates.add(new Gate() {

            @Override
            public Mono<Void> before(Attempt attempt, Asked asked) {
                throw BROKEN;
            }
        });
        StepVerifier.create(gates.before(attempt, null))
                .verifyErrorSatisfies(it -> assertThat(it).isSameAs(BROKEN));
    }
}
