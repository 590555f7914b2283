package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.penstock.testing.Script;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official OpenAI client meets every error as the exception that its documentation names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkErrorTests {

    private SdkGateway gateway;
    private OpenAIClient client;

    @BeforeAll
    void start() {
        gateway = SdkGateway.seeded(7);
        client = gateway.client();
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void anUnknownKeyIsUnauthorized() {
        OpenAIClient stranger = gateway.client("psk_wrong", 0);
        told(failure(stranger, ask("default"), UnauthorizedException.class), 401, "key_unknown");
        assertThat(catchThrowable(() -> stranger.models().list())).isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    @Test
    void aModelThatTheCallerMayNotUseIsPermissionDenied() {
        OpenAIClient narrow = gateway.client(SdkGateway.NARROW_KEY, 0);
        var denied = failure(narrow, ask("openai/text"), PermissionDeniedException.class);
        told(denied, 403, "model_forbidden");
        assertThat(denied.param()).contains("model");
        narrow.close();
    }

    @Test
    void anUnknownModelIsNotFound() {
        told(failure(client, ask("nope"), NotFoundException.class), 404, "model_unknown");
        assertThat(catchThrowable(() -> client.models().retrieve("nope"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aFieldOfTheWrongTypeIsABadRequest() {
        var asking = ask("anthropic/text").putAdditionalBodyProperty("temperature", JsonValue.from("hot"));
        var bad = failure(client, asking, BadRequestException.class);
        told(bad, 400, "request_invalid");
        assertThat(bad.param()).contains("temperature");
    }

    @Test
    void whatNoTargetCanServeIsUnprocessable() {
        told(
                failure(client, ask("anthropic/text").n(2), UnprocessableEntityException.class),
                422,
                "capability_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void theProvidersWordsOnTheCallersMistakeArrive(String provider) {
        var bad = failure(client, ask(provider + "/400"), BadRequestException.class);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.getMessage()).contains("temperature");
        assertThat(failure(client, ask(provider + "/404"), NotFoundException.class)
                        .getMessage())
                .contains("404");
        assertThat(failure(client, ask(provider + "/422"), UnprocessableEntityException.class)
                        .getMessage())
                .contains("the image could not be read");
    }

    @Test
    void theProvidersFieldAndCodeArrive() {
        var bad = failure(client, ask("openai/400"), BadRequestException.class);
        assertThat(bad.param()).contains("temperature");
        assertThat(bad.code()).contains("decimal_above_max_value");
        assertThat(bad.type()).contains("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource({"openai429/429", "anthropic429/429", "mock/rate-limited"})
    void aThrottledProviderIsARateLimit(String model) {
        var limited = failure(client, ask(model), RateLimitException.class);
        told(limited, 429, "upstream_rate_limited");
        assertThat(limited.headers().values("retry-after")).hasSize(1);
        assertThat(limited.headers().values("retry-after-ms")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"openai401/401", "anthropic401/401", "mock/error-401"})
    void aKeyThatTheProviderRefusesIsNotTheCallersFault(String model) {
        told(failure(client, ask(model), InternalServerException.class), 503, "upstream_unavailable");
    }

    @ParameterizedTest
    @CsvSource({"openai/503", "anthropic/503", "mock/error-503", "mock/error-500"})
    void aBrokenProviderIsAnInternalServerError(String model) {
        told(failure(client, ask(model), InternalServerException.class), 503, "upstream_unavailable");
    }

    @Test
    void garbageIsAnInternalServerError() {
        told(failure(client, ask("mock/garbage"), InternalServerException.class), 502, "upstream_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/400", "anthropic/404", "openai/503", "mock/error-503", "nope"})
    void anErrorInPlaceOfAStreamIsTheSameException(String model) {
        ChatCompletionCreateParams asking = ask(model).build();
        Throwable whole = catchThrowable(() -> client.chat().completions().create(asking));
        Throwable streamed = catchThrowable(() -> client.chat().completions().createStreaming(asking));
        assertThat(streamed).hasSameClassAs(whole).isInstanceOf(OpenAIServiceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/cut", "anthropic/cut", "openai/error-event", "anthropic/error-event"})
    void aStreamThatBreaksIsAnExceptionAndNotAnEnd(String model) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        gateway.upstream(model).enqueue(Recorded.eventsWhen(Recorded.bytes(model + ".sse"), seen));
        breaks(model, seen);
    }

    @Test
    void aStreamOfTheMockBreaksInTheSameWay() {
        breaks("mock/cut-stream", new CompletableFuture<>());
    }

    @Test
    void theClientsOwnRetryComesBackWhenItIsTold() {
        OpenAIClient patient = gateway.client(RunningGateway.KEY, 1);
        int before = gateway.upstream("openai").ledger().exchanges().size();
        gateway.upstream("openai").enqueue(Script.json(503, Recorded.text("openai/503.json")));
        assertThat(patient.chat()
                        .completions()
                        .create(ask("openai/text").build())
                        .choices())
                .hasSize(1);
        assertThat(gateway.upstream("openai").ledger().exchanges()).hasSize(before + 2);
        patient.close();
    }

    private void breaks(String model, CompletableFuture<Void> seen) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(ask(model).build())) {
            var failure = catchThrowableOfType(
                    OpenAIServiceException.class, () -> stream.stream().forEach(chunk -> seen.complete(null)));
            assertThat(failure).as("the stream's end").isNotNull();
            assertThat(failure.code()).isPresent();
        }
        assertThat(seen).as("the first event").isCompleted();
    }

    private static ChatCompletionCreateParams.Builder ask(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("What turns the mill?");
    }

    private static <T extends OpenAIServiceException> T failure(
            OpenAIClient client, ChatCompletionCreateParams.Builder asking, Class<T> type) {
        Throwable thrown = catchThrowable(() -> client.chat().completions().create(asking.build()));
        assertThat(thrown).isInstanceOf(type);
        return type.cast(thrown);
    }

    private static void told(OpenAIServiceException failure, int status, String code) {
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.code()).contains(code);
        assertThat(failure.type()).isPresent();
    }
}
