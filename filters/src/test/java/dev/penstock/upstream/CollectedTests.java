package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.provider.DecodeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Tests for {@link Collected}. */
class CollectedTests {

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static Mono<String> text(Flux<ByteBuf> body, int limit) {
        return Collected.of(body, limit, all -> new String(all, StandardCharsets.UTF_8));
    }

    @Test
    void allPartsAreOneText() {
        String large = "x".repeat(5000);
        StepVerifier.create(text(Flux.just(bytes("a"), bytes(large), bytes("z")), 10_000))
                .expectNext("a" + large + "z")
                .verifyComplete();
    }

    @Test
    void anEmptyBodyIsAnEmptyText() {
        StepVerifier.create(text(Flux.empty(), 1)).expectNext("").verifyComplete();
    }

    @Test
    void aBodyThatIsTooLargeIsReadNoFurther() {
        TestPublisher<ByteBuf> body = TestPublisher.create();
        StepVerifier.create(text(body.flux(), 3))
                .then(() -> body.next(bytes("abc"), bytes("d"), bytes("e")))
                .verifyErrorMessage("more than 3 bytes (expected: a whole answer)");
        body.assertCancelled();
    }

    @Test
    void whatItIsMadeIntoMayFail() {
        StepVerifier.create(Collected.of(Flux.just(bytes("a")), 3, all -> {
                    throw new DecodeException("not so");
                }))
                .verifyErrorMessage("not so");
    }

    @Test
    void theNetworksFailuresAreToldInOurWords() {
        StepVerifier.create(text(Flux.error(new IllegalArgumentException("chunk size")), 3))
                .verifyErrorSatisfies(failure -> assertThat(failure).isInstanceOf(DecodeException.class));
        StepVerifier.create(text(Flux.error(new AbortedException("gone")), 3))
                .verifyErrorSatisfies(failure -> assertThat(failure).isInstanceOf(IOException.class));
    }

    @Test
    void eachPartIsASignOfLife() {
        AtomicInteger parts = new AtomicInteger();
        Collected.of(Flux.just(bytes("a"), bytes("b")), 3, parts::incrementAndGet, all -> all)
                .block();
        assertThat(parts).hasValue(2);
    }

    @Test
    void aCancelReachesTheBody() {
        TestPublisher<ByteBuf> body = TestPublisher.create();
        text(body.flux(), 3).subscribe().dispose();
        body.assertCancelled();
    }

    /** reactor-netty completes a receiver that another thread has cancelled just now. */
    @Test
    void nothingIsMadeOfWhatWasGivenUp() {
        TestPublisher<ByteBuf> body = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        AtomicInteger made = new AtomicInteger();
        Disposable reading =
                Collected.of(body.flux(), 3, all -> made.incrementAndGet()).subscribe();
        reading.dispose();
        body.complete();
        assertThat(made).hasValue(0);
    }

    @Test
    void whatNobodyWantsAnyMoreIsToldToNobody() {
        StepVerifier.create(Collected.of(Flux.just(bytes("a")), 3, all -> (String) null))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(10))
                .thenCancel()
                .verify(Duration.ofSeconds(20));
    }
}
