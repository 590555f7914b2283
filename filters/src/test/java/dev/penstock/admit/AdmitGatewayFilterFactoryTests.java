package dev.penstock.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.AsCalled;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.testing.Exchanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests for {@link AdmitGatewayFilterFactory}. */
class AdmitGatewayFilterFactoryTests {

    private static final InboundConfig LIMITS =
            new InboundConfig(DataSize.ofBytes(10), 64, Duration.ofSeconds(30), DataSize.ofKilobytes(4));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InFlight inFlight = new InFlight();
    private final LlmFilter filter = AsCalled.of(new AdmitGatewayFilterFactory(inFlight, new BodyReader(time))
            .create(new AdmitGatewayFilterFactory.Config()));
    private final PublisherProbe<Answer> rest = PublisherProbe.of(Mono.just(new Answer.Whole(Json.object())));
    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
    private final List<ByteBuf> handedOut = new ArrayList<>();

    @AfterEach
    void everyBufferIsReleasedAndEveryByteGivenBack() {
        assertThat(handedOut).allMatch(buffer -> buffer.refCnt() == 0);
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void theBodyIsOneArrayOfItsSize() {
        LlmExchange exchange = exchange(post().body(buffers("{\"a\"", ":1", "}")));
        StepVerifier.create(run(exchange)).expectNextCount(1).verifyComplete();
        assertThat(exchange.get(Fact.BODY)).asString().isEqualTo("{\"a\":1}");
    }

    @Test
    void anEmptyBodyIsAnEmptyArray() {
        LlmExchange exchange = exchange(post().build());
        StepVerifier.create(run(exchange)).expectNextCount(1).verifyComplete();
        assertThat(exchange.get(Fact.BODY)).isEmpty();
    }

    @Test
    void anyMethodButPostIsUnknown() {
        LlmExchange exchange = exchange(MockServerHttpRequest.get("/v1/chat/completions"));
        refused(run(exchange), ErrorCode.METHOD_UNKNOWN);
        rest.assertWasNotSubscribed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/vnd.penstock+json",
                ""
            })
    void jsonIsTaken(String type) {
        LlmExchange exchange = exchange(MockServerHttpRequest.post("/")
                .header(HttpHeaders.CONTENT_TYPE, type)
                .body(buffers("{}")));
        StepVerifier.create(run(exchange)).expectNextCount(1).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=utf-16", "*/*", "nonsense", "multipart/form-data"})
    void anythingElseIsNot(String type) {
        refused(
                run(exchange(MockServerHttpRequest.post("/").header(HttpHeaders.CONTENT_TYPE, type))),
                ErrorCode.MEDIA_TYPE);
    }

    @Test
    void aCompressedBodyIsToldAsNotSupported() {
        LlmExchange exchange = exchange(post().header(HttpHeaders.CONTENT_ENCODING, "gzip"));
        StepVerifier.create(run(exchange))
                .verifyErrorMatches(failure -> failure instanceof GatewayException it
                        && it.code() == ErrorCode.MEDIA_TYPE
                        && String.valueOf(it.told().message()).contains("content-encoding"));
    }

    @Test
    void aDeclaredLengthAboveTheLimitIsRefusedUnread() {
        PublisherProbe<DataBuffer> body = PublisherProbe.of(Flux.never());
        LlmExchange exchange = exchange(post().contentLength(11).body(body.flux()));
        refused(run(exchange), ErrorCode.REQUEST_TOO_LARGE);
        body.assertWasNotSubscribed();
    }

    @Test
    void aChunkedBodyIsCountedAndReadingStops() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        LlmExchange exchange = exchange(post().body(body.flux()));
        StepVerifier.create(run(exchange))
                .then(() -> body.next(buffer("12345"), buffer("67890"), buffer("1")))
                .verifyErrorMatches(failure -> code(failure) == ErrorCode.REQUEST_TOO_LARGE);
        body.assertCancelled();
        rest.assertWasNotSubscribed();
    }

    @Test
    void aBodyThatDoesNotEndIsTimedOut() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        StepVerifier.create(run(exchange(post().body(body.flux()))))
                .then(() -> body.next(buffer("{")))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
                .verifyErrorMatches(failure -> code(failure) == ErrorCode.BODY_TIMEOUT);
        body.assertCancelled();
    }

    @Test
    void aBufferThatComesTooLateIsReleased() {
        InFlight.Lease lease = inFlight.lease(4096);
        Gathering gathering = new Gathering(10, lease);
        gathering.add(buffer("in time"));
        gathering.drop();
        gathering.add(buffer("late"));
        lease.giveBack();
    }

    @Test
    void tooManyBytesInFlightAreOverloadUntilTheyAreGivenBack() {
        InFlight.Lease others = inFlight.lease(4096);
        others.take(3073);
        refused(run(exchange(post().body(buffers("{}")))), ErrorCode.OVERLOADED);
        others.giveBack();
        StepVerifier.create(run(exchange(post().body(buffers("{}")))))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void aTricklingBodyCountsForMoreThanItsBytes() {
        refused(run(exchange(post().body(buffers("1", "2", "3", "4", "5")))), ErrorCode.OVERLOADED);
    }

    @Test
    void overloadSaysWhenToComeBack() {
        InFlight.Lease all = inFlight.lease(4096);
        all.take(4096);
        StepVerifier.create(run(exchange(post().body(buffers("{}")))))
                .verifyErrorMatches(failure -> failure instanceof GatewayException it
                        && it.told().comeBack().isPresent());
        all.giveBack();
    }

    @Test
    void aCancelledBodyIsReleased() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        StepVerifier.create(run(exchange(post().body(body.flux()))))
                .then(() -> body.next(buffer("{")))
                .thenCancel()
                .verify();
        body.assertCancelled();
    }

    @Test
    void aBodyThatFailsIsReleased() {
        LlmExchange exchange = exchange(
                post().body(Flux.concat(buffers("{"), Flux.error(new IllegalStateException("connection reset")))));
        StepVerifier.create(run(exchange)).verifyError(IllegalStateException.class);
    }

    @Test
    void theBytesAreHeldUntilTheStreamEnds() {
        Answer.Streamed stream = Answer.Streamed.of(Flux.empty(), () -> {});
        LlmExchange exchange = exchange(post().body(buffers("0123")));
        Mono<Answer> answer = filter.filter(exchange, ignored -> Mono.just(stream));
        StepVerifier.create(answer).expectNextCount(1).verifyComplete();
        assertThat(inFlight.bytes()).isEqualTo(4);
        StepVerifier.create(stream.chunks()).verifyComplete();
    }

    @Test
    void headersOfOursThatNobodyKnowsAreNamed() {
        LlmExchange exchange = exchange(post().header("X-Penstock-Priority", "high")
                .header("x-penstock-strict", "true")
                .header("x-penstockish", "1")
                .build());
        StepVerifier.create(run(exchange)).expectNextCount(1).verifyComplete();
        assertThat(exchange.trail().ignored()).containsExactly("x-penstock-priority");
    }

    private Mono<Answer> run(LlmExchange exchange) {
        return filter.filter(exchange, ignored -> rest.mono());
    }

    private static void refused(Mono<Answer> answer, ErrorCode code) {
        StepVerifier.create(answer).verifyErrorMatches(failure -> code(failure) == code);
    }

    private static ErrorCode code(Throwable failure) {
        return ((GatewayException) failure).code();
    }

    private static MockServerHttpRequest.BodyBuilder post() {
        return MockServerHttpRequest.post("/v1/chat/completions").contentType(MediaType.APPLICATION_JSON);
    }

    private static LlmExchange exchange(MockServerHttpRequest.BaseBuilder<?> request) {
        return exchange(request.build());
    }

    private static LlmExchange exchange(MockServerHttpRequest request) {
        return Exchanges.of(request, LIMITS);
    }

    private Flux<DataBuffer> buffers(String... texts) {
        return Flux.fromArray(texts).map(this::buffer);
    }

    private DataBuffer buffer(String text) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer();
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        handedOut.add(bytes);
        return factory.wrap(bytes);
    }
}
