package dev.penstock.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.UpstreamError;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.provider.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests for {@link AnthropicErrors} and {@link RetryAfter}. The clock stands at 2026-01-01T00:00:00Z. */
class AnthropicErrorsTests {

    @Test
    void everyStatusHasItsClass() {
        for (int status : new int[] {400, 413, 422}) {
            assertThat(kind(status)).isEqualTo(Kind.CALLER);
        }
        for (int status : new int[] {401, 402, 403}) {
            assertThat(kind(status)).isEqualTo(Kind.CREDENTIAL);
        }
        for (int status : new int[] {408, 409, 500, 502, 503, 504, 529}) {
            assertThat(kind(status)).isEqualTo(Kind.UNAVAILABLE);
        }
        assertThat(kind(404)).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(429)).isEqualTo(Kind.RATE);
    }

    @Test
    void anAccountWithoutMoneyIsACredentialsFault() {
        assertThat(badRequest("Your credit balance is too low to access the Anthropic API."))
                .isEqualTo(Kind.CREDENTIAL);
        assertThat(badRequest("You have reached your specified API usage limits."))
                .isEqualTo(Kind.CREDENTIAL);
        assertThat(badRequest("This workspace has reached its spend limit.")).isEqualTo(Kind.CREDENTIAL);
    }

    @Test
    void aFieldOfTheCallersThatSpeaksOfMoneyIsNot() {
        assertThat(badRequest("tools.0.custom.name: 'billing' is not allowed")).isEqualTo(Kind.CALLER);
        assertThat(badRequest("prompt is too long: 3333404 tokens > 200000 maximum"))
                .isEqualTo(Kind.CALLER);
    }

    @Test
    void theProvidersWordsAreKept() {
        UpstreamError error =
                error(404, Map.of(), "{\"error\":{\"type\":\"not_found_error\",\"message\":\"model: x\"}}");
        assertThat(error.type()).isEqualTo("not_found_error");
        assertThat(error.message()).isEqualTo("model: x");
        assertThat(error.status()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsNoJsonHasNoWords() {
        assertThat(error(502, Map.of(), "<html>").message()).isEmpty();
        assertThat(error(502, Map.of(), "").message()).isEmpty();
        assertThat(error(502, Map.of(), "[1]").message()).isEmpty();
    }

    @Test
    void theDelayIsReadFromSecondsMillisecondsOrADate() {
        assertThat(delay(429, "retry-after", "1.5")).isEqualTo(Duration.ofMillis(1500));
        assertThat(delay(529, "retry-after-ms", "200")).isEqualTo(Duration.ofMillis(200));
        assertThat(delay(503, "retry-after", "Thu, 01 Jan 2026 00:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(503, "retry-after", "Wed, 31 Dec 2025 00:00:30 GMT")).isEqualTo(Duration.ofMillis(100));
        assertThat(delay(429, "retry-after", "soon")).isNull();
    }

    @Test
    void otherStatusesAskForNoDelay() {
        assertThat(delay(500, "retry-after", "3")).isNull();
        assertThat(delay(400, "retry-after", "3")).isNull();
    }

    private static Kind kind(int status) {
        return error(status, Map.of(), "").kind();
    }

    private static Kind badRequest(String message) {
        return error(400, Map.of(), "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + message + "\"}}")
                .kind();
    }

    private static Duration delay(int status, String header, String value) {
        return error(status, Map.of(header, value), "").retryAfter();
    }

    private static UpstreamError error(int status, Map<String, String> headers, String body) {
        return Requests.DIALECT.error(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
