package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.provider.Dialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.testing.Exchanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests for {@link Dispatch}: what has come, and the time of an attempt. */
class DispatchTests {

    private static final ProviderConfig.TimeoutConfig LIMITS = new ProviderConfig.TimeoutConfig(
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(60));
    private static final ByteBuf ANSWER = Unpooled.copiedBuffer(
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"H\"},\"finish_reason\":\"stop\"}]}",
            StandardCharsets.UTF_8);

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Time time =
            new Time(scheduler, scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS), Clock.systemUTC());
    private final TestPublisher<ByteBuf> body = TestPublisher.create();
    private final Attempt attempt = new Attempt("first", "m", Instant.EPOCH);

    private String type = "application/json";

    @TempDir
    Path data;

    /** Lets the time of {@code reading} pass while the answer is read. */
    private Mono<Answer> answer(KeyRoom room, Duration reading) {
        return answer(room, reading, false);
    }

    private Mono<Answer> answer(KeyRoom room, Duration reading, boolean stream) {
        Provider real = room.serveKey("main", "upk-1");
        OpenAiDialect openAi = new OpenAiDialect();
        Dialect slow = (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("facts")) {
                        scheduler.advanceTimeBy(reading);
                    }
                    return method.invoke(openAi, arguments);
                });
        Provider provider = new Provider(
                real.name(),
                real.config(),
                slow,
                new Wired(),
                real.keys(),
                real.breaker(),
                real.permits(),
                real.hearsay());
        LlmExchange exchange =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build(), room.settings());
        exchange.put(Fact.CLEARED, Asked.in("openai", "m", Json.object().put("model", "m"), Set.of(), stream, asked -> {
            throw new IllegalStateException();
        }));
        AttemptBooks books = new AttemptBooks(exchange, provider, attempt, time);
        Outgoing outgoing = new Outgoing("/chat/completions", Map.of(), Json.object(), new byte[0]);
        return new Dispatch(books, outgoing, Deadline.start(time, LIMITS, LIMITS.total()));
    }

    private final class Wired implements Transport {

        @Override
        public <T> Flux<T> send(Outgoing outgoing, Function<Reply, Mono<T>> read) {
            Reply reply = new Reply(200, type, null, Map::of, body.flux(), () -> {});
            return Mono.defer(() -> read.apply(reply)).flux();
        }

        @Override
        public Mono<Void> connect() {
            return Mono.empty();
        }

        @Override
        public Mono<Integer> status(String path, Map<String, String> headers) {
            return Mono.just(200);
        }
    }

    @Test
    void aLimitThatPassesWhileAWholeAnswerIsReadIsTooLate() {
        try (KeyRoom room = new KeyRoom(data)) {
            StepVerifier.create(answer(room, Duration.ofSeconds(120)))
                    .then(() -> body.next(ANSWER.duplicate()))
                    .then(body::complete)
                    .expectNextMatches(Answer.Whole.class::isInstance)
                    .verifyComplete();
        }
    }

    @Test
    void aLimitThatPassesBeforeItsLastByteIsTheEndOfIt() {
        try (KeyRoom room = new KeyRoom(data)) {
            StepVerifier.create(answer(room, Duration.ZERO))
                    .then(() -> body.next(ANSWER.duplicate()))
                    .then(() -> scheduler.advanceTimeBy(Duration.ofSeconds(4)))
                    .verifyErrorSatisfies(failure -> assertThat(failure).isInstanceOf(Expired.class));
            body.assertCancelled();
            assertThat(attempt.firstEvent()).isEmpty();
        }
    }

    @Test
    void aCallerWhoHasRoomAgainIsReadOnFor() {
        type = "text/event-stream";
        try (KeyRoom room = new KeyRoom(data)) {
            AtomicReference<Answer> answer = new AtomicReference<>();
            answer(room, Duration.ZERO, true).subscribe(answer::set);
            body.next(said("first"));
            StepVerifier.create(((Answer.Streamed) answer.get()).chunks(), 1)
                    .expectNextCount(1)
                    .then(() -> IntStream.range(1, 16).forEach(i -> body.next(said("more"))))
                    .then(() -> assertThat(requested()).isFalse())
                    .thenRequest(100)
                    .expectNextCount(15)
                    .then(() -> assertThat(requested()).isTrue())
                    .thenCancel()
                    .verify();
        }
    }

    private boolean requested() {
        try {
            body.assertMinRequested(1);
            return true;
        } catch (AssertionError nothing) {
            return false;
        }
    }

    private static ByteBuf said(String text) {
        return Unpooled.copiedBuffer(
                "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                        + "\"},\"finish_reason\":null}]}\n\n",
                StandardCharsets.UTF_8);
    }
}
