package dev.penstock.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.UpstreamError;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.provider.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link OpenAiErrors} and {@link RetryAfter}. */
class OpenAiErrorsTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private final OpenAiErrors errors = new OpenAiErrors(new RetryAfter(CLOCK));

    @ParameterizedTest
    @CsvSource({
        "400,CALLER",
        "413,CALLER",
        "422,CALLER",
        "404,NOT_FOUND",
        "401,CREDENTIAL",
        "402,CREDENTIAL",
        "403,CREDENTIAL",
        "498,CREDENTIAL",
        "429,RATE",
        "408,UNAVAILABLE",
        "409,UNAVAILABLE",
        "500,UNAVAILABLE",
        "503,UNAVAILABLE",
        "529,UNAVAILABLE",
        "418,UNAVAILABLE"
    })
    void theStatusDecides(int status, Kind kind) {
        UpstreamError error = read(status, Map.of(), "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":null}}");
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.code()).isNull();
    }

    @Test
    void codesThatSayMoreThanTheStatusDecide() {
        assertThat(read(400, Map.of(), "{\"error\":{\"code\":\"model_not_found\"}}")
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(read(400, Map.of(), "{\"error\":{\"code\":\"tool_use_failed\"}}")
                        .kind())
                .isEqualTo(Kind.BAD_GENERATION);
        assertThat(read(429, Map.of(), "{\"error\":{\"code\":\"insufficient_quota\"}}")
                        .kind())
                .isEqualTo(Kind.RATE);
    }

    @Test
    void wordsAboutARefusedKeyAreNotKept() {
        String body = "{\"code\":\"invalid-argument\",\"error\":\"Incorrect API key provided: xai-secret.\"}";
        UpstreamError error = read(400, Map.of(), body);
        assertThat(error.kind()).isEqualTo(Kind.CREDENTIAL);
        assertThat(error.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"m\",\"param\":\"p\",\"code\":400}} | m",
                "{\"error\":\"m\"} | m",
                "{\"object\":\"error\",\"message\":\"m\",\"code\":400} | m",
                "{\"detail\":\"m\"} | m",
                "{\"detail\":[{\"msg\":\"m\"}]} | [{\"msg\":\"m\"}]",
                "<html>m</html> | ''",
                "[] | ''",
            })
    void everyFormOfBodyIsRead(String body, String message) {
        assertThat(read(400, Map.of(), body).message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | '' | 2 | 2000",
                "429 | '' | 1.5 | 1500",
                "503 | 250 | 9 | 250",
                "429 | 0 | 1 | 1000",
                "429 | 0 | '' | 100",
                "429 | '' | 0 | 100",
                "529 | '' | Fri, 2 Jan 2026 03:04:15 GMT | 10000",
                "429 | '' | Fri, 2 Jan 2026 03:00:00 GMT | 100",
                "429 | '' | soon | -1",
                "400 | '' | 2 | -1",
                "200 | '' | 2 | -1",
            })
    void retryAfterIsReadOnlyWhereItMeansThat(int status, String millis, String seconds, long expected) {
        Map<String, String> headers = millis.isEmpty()
                ? Map.of("retry-after", seconds)
                : Map.of("retry-after-ms", millis, "retry-after", seconds);
        Duration wait = read(status, headers, "{}").retryAfter();
        assertThat(wait).isEqualTo(expected < 0 ? null : Duration.ofMillis(expected));
    }

    private UpstreamError read(int status, Map<String, String> headers, String body) {
        return errors.read(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
