package dev.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Tests for {@link Passage}. */
class PassageTests {

    private final TestPublisher<Chunk> source = TestPublisher.create();
    private final Letters letters = new Letters();
    private final Flux<String> passed = letters.of(source.flux());

    @Test
    void eventsGoOnAndAreFollowedByTheEnd() {
        StepVerifier.create(passed)
                .then(() -> source.next(chunk("a"), chunk("b")).complete())
                .expectNext("a", "b", "end 1", "end 2")
                .verifyComplete();
    }

    @Test
    void anEventThatDoesNotGoOnIsReplacedByTheNext() {
        StepVerifier.create(passed, 1)
                .then(() -> source.next(chunk("-")))
                .then(() -> source.assertMinRequested(1))
                .then(() -> source.next(chunk("b")))
                .expectNext("b")
                .thenCancel()
                .verify();
        assertThat(letters.leaves).hasValue(1);
        source.assertCancelled();
    }

    @Test
    void theEndWaitsForRoom() {
        StepVerifier.create(passed, 3)
                .then(() -> source.next(chunk("a"), chunk("b")).complete())
                .expectNext("a", "b", "end 1")
                .thenRequest(1)
                .expectNext("end 2")
                .verifyComplete();
    }

    @Test
    void whatAnEventThrowsEndsTheStreamAndItsSource() {
        StepVerifier.create(passed)
                .then(() -> source.next(chunk("a"), chunk("!")))
                .expectNext("a", "broke: !")
                .verifyComplete();
        source.assertCancelled();
    }

    @Test
    void whatTheEndThrowsBreaksTheStream() {
        letters.ending = Flux.error(new IllegalStateException("late"));
        StepVerifier.create(passed)
                .then(() -> source.next(chunk("a")).complete())
                .expectNext("a", "broke: late")
                .verifyComplete();
    }

    @Test
    void aFailureOfWhatFollowsAFailureGoesOn() {
        letters.breaking = Flux.concat(Flux.just("held"), Flux.error(new IllegalStateException("second")));
        StepVerifier.create(passed)
                .then(() -> source.next(chunk("a")).error(new IllegalStateException("first")))
                .expectNext("a", "held")
                .verifyErrorMessage("second");
    }

    @Test
    void whoeverLeavesAtTheEndReachesTheEnd() {
        TestPublisher<String> ending = TestPublisher.create();
        letters.ending = ending.flux();
        StepVerifier.create(passed)
                .then(() -> source.complete())
                .then(() -> ending.next("x"))
                .expectNext("x")
                .thenCancel()
                .verify();
        ending.assertCancelled();
        assertThat(letters.leaves).hasValue(1);
    }

    @Test
    void whoeverLeavesBeforeTheEndIsToldOfNoEnd() {
        AtomicInteger ends = new AtomicInteger();
        letters.ending = Flux.defer(() -> {
            ends.incrementAndGet();
            return Flux.empty();
        });
        TestPublisher<Chunk> deaf = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(letters.of(deaf.flux()))
                .then(() -> deaf.next(chunk("a")))
                .expectNext("a")
                .thenCancel()
                .verify();
        deaf.complete();
        assertThat(ends).hasValue(0);
    }

    /** On another thread than the source's, while the source ends. */
    @Test
    void whatIsAskedForWhileTheSourceEndsIsAskedOfOneOfThem() throws Exception {
        for (int run = 0; run < 2_000; run++) {
            TestPublisher<Chunk> ends = TestPublisher.create();
            Letters with = new Letters();
            with.ending = Flux.just("1", "2", "3", "4");
            List<String> seen = new CopyOnWriteArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            BaseSubscriber<String> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                protected void hookOnNext(String text) {
                    seen.add(text);
                }

                @Override
                protected void hookFinally(SignalType how) {
                    done.countDown();
                }
            };
            with.of(ends.flux()).subscribe(reader);
            ends.next(chunk("a"));
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 4; i++) {
                    reader.request(1);
                }
            });
            ends.complete();
            asking.get(20, TimeUnit.SECONDS);
            assertThat(done.await(20, TimeUnit.SECONDS))
                    .as("run %d: %s", run, seen)
                    .isTrue();
            assertThat(seen).containsExactly("a", "1", "2", "3", "4");
        }
    }

    @Test
    void itDoesWhatTheOperatorsDoThatItStandsFor() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            List<Chunk> events = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                events.add(chunk("abc-!".charAt(random.nextInt(12) % 5) + ""));
            }
            Flux<Chunk> from = Flux.fromIterable(events);
            from = random.nextInt(4) == 0 ? from.concatWith(Mono.error(new IllegalStateException("gone"))) : from;
            Letters with = new Letters();
            with.ending = random.nextInt(4) == 0
                    ? Flux.concat(Flux.just("end"), Flux.error(new IllegalStateException("end")))
                    : Flux.just("end 1", "end 2");
            Flux<String> expected =
                    from.mapNotNull(with::next).concatWith(with.ending).onErrorResume(with::broke);
            int room = 1 + random.nextInt(4);
            int most = random.nextInt(9);
            assertThat(seen(with.of(from), room, most))
                    .as("seed %d, run %d", seed, run)
                    .isEqualTo(seen(expected, room, most));
        }
    }

    /** What comes of {@code flux} for a reader that asks for {@code room} at a time and leaves after {@code most}. */
    private static List<String> seen(Flux<String> flux, int room, int most) {
        List<String> seen = new ArrayList<>();
        flux.limitRate(room, 0)
                .take(most)
                .doOnError(failure -> seen.add("failed: " + failure.getMessage()))
                .doOnComplete(() -> seen.add("complete"))
                .onErrorComplete()
                .subscribe(seen::add);
        return seen;
    }

    private static Chunk chunk(String text) {
        return new Chunk("", text.getBytes(StandardCharsets.UTF_8), Chunk.Mark.SEMANTIC);
    }

    /** Drops {@code -} and throws at {@code !}. */
    private static final class Letters extends Passage<String> {

        private final AtomicInteger leaves = new AtomicInteger();
        private Publisher<String> ending = Flux.just("end 1", "end 2");
        private @Nullable Publisher<String> breaking;

        @Override
        protected @Nullable String next(Chunk chunk) {
            String text = new String(chunk.data(), StandardCharsets.UTF_8);
            if (text.equals("!")) {
                throw new IllegalStateException(text);
            }
            return text.equals("-") ? null : text;
        }

        @Override
        protected Publisher<String> end() {
            return ending;
        }

        @Override
        protected Publisher<String> broke(Throwable failure) {
            return breaking != null ? breaking : Mono.just("broke: " + failure.getMessage());
        }

        @Override
        protected void left() {
            leaves.incrementAndGet();
        }
    }
}
