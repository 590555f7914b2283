package dev.penstock.surface.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.core.Told.AttemptView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link ContentSurface}'s errors; its answers are the chat surface's. */
class ContentSurfaceTests {

    private final ContentSurface surface = new ContentSurface(new Unspoken());

    @Test
    void anErrorIsAProblem() {
        assertThat(surface.errorMediaType()).isEqualTo("application/problem+json");
        assertThat(surface.error(GatewayException.invalid("topic", "is missing", "a value"), "r-1"))
                .hasToString("{\"type\":\"urn:penstock:error:request_invalid\",\"title\":\"The request is not valid.\","
                        + "\"status\":400,\"detail\":\"'topic' is missing (expected: a value)\","
                        + "\"code\":\"request_invalid\",\"request_id\":\"r-1\",\"param\":\"topic\"}");
    }

    @Test
    void theDetailIsNeverTheAuditRecords() {
        GatewayException failure = new GatewayException(ErrorCode.INTERNAL, Told.NOTHING, "canary");
        assertThat(surface.error(failure, "r-1").toString()).doesNotContain("canary");
    }

    @Test
    void attemptsAndFieldsAreShown() {
        Told told = Told.NOTHING
                .attempts(List.of(new AttemptView("acme", "m", 503, "unavailable", 12)))
                .with("kinds", List.of("a", "b"))
                .with("code", "not this");
        assertThat(surface.error(new GatewayException(ErrorCode.UPSTREAM_UNAVAILABLE, told), "r-1")
                        .toString())
                .contains("\"code\":\"upstream_unavailable\"", "\"kinds\":[\"a\",\"b\"]")
                .contains("\"attempts\":[{\"provider\":\"acme\",\"model\":\"m\",\"status\":503,"
                        + "\"reason\":\"unavailable\",\"ms\":12}]");
    }
}
