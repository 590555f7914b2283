package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Generated;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for {@link ErrorCode}. */
class ErrorCodeTests {

    private static final String HEAD = """
            # Errors

            Every way a request can fail. `code` is the same word on every surface; the shape around it follows the surface.
            A provider's own error that is passed on (`request_invalid`, `model_unknown`) keeps the provider's status. This page is
            made from `core/ErrorCode.java`.

            | status | code | at fault | message |
            |---|---|---|---|
            """;

    @Test
    void theDocumentIsUpToDate() {
        StringBuilder text = new StringBuilder(HEAD);
        for (ErrorCode code : ErrorCode.values()) {
            String fault = code.fault().name().toLowerCase(Locale.ROOT);
            text.append(String.format("| %d | `%s` | %s | %s |%n", code.status(), code.wire(), fault, code.message()));
        }
        Generated.check("docs/errors.md", text.toString());
    }

    @ParameterizedTest
    @EnumSource
    void theStatusFitsTheFault(ErrorCode code) {
        assertThat(code.status()).isBetween(400, 599);
        assertThat(code.status() < 500)
                .isEqualTo(code.fault() == ErrorCode.Fault.CALLER || code == ErrorCode.UPSTREAM_RATE_LIMITED);
        assertThat(code.message()).endsWith(".");
    }
}
