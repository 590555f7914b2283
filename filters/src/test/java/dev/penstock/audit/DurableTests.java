package dev.penstock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests for {@link Durable}. */
class DurableTests {

    private static final IOException FULL = new IOException("full");
    private static final IllegalStateException BUG = new IllegalStateException("bug");

    private static Mono<Void> must(Supplier<CompletableFuture<?>> written) {
        return Durable.within(Duration.ofMillis(1), written, Runnable::run, IllegalArgumentException::new);
    }

    private static Mono<Void> may(Supplier<CompletableFuture<?>> written) {
        return Durable.within(Duration.ofMillis(1), written, Runnable::run, null);
    }

    @Test
    void aRecordThatIsThereIsThere() {
        StepVerifier.create(must(() -> CompletableFuture.completedFuture(1))).verifyComplete();
    }

    @Test
    void oneThatIsNotWrittenFailsOnlyWhereItMust() {
        StepVerifier.create(must(() -> CompletableFuture.failedFuture(FULL)))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasCause(FULL));
        StepVerifier.create(may(() -> CompletableFuture.failedFuture(FULL))).verifyComplete();
    }

    @Test
    void oneThatHangsIsNotWaitedForForEver() {
        StepVerifier.create(must(CompletableFuture::new))
                .verifyErrorSatisfies(failure -> assertThat(failure).hasCauseInstanceOf(TimeoutException.class));
        StepVerifier.create(may(CompletableFuture::new)).verifyComplete();
    }

    @Test
    void aMistakeInMakingItIsNeverPassedOver() {
        StepVerifier.create(may(() -> {
                    throw BUG;
                }))
                .verifyErrorSatisfies(failure -> assertThat(failure).isSameAs(BUG));
    }
}
