package dev.penstock.keys.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Fuzz;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever stands where a token would is not believed, and breaks nothing. */
class JwtFuzzTests {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void whatNobodySignedIsNotBelieved() {
        try (ScriptedUpstream issuer = ScriptedUpstream.start().answering(asked -> Script.json("{\"keys\":[]}"))) {
            JwtConfig config =
                    new JwtConfig("https://id.example", "penstock", "service", Optional.of(issuer.uri("/keys")), true);
            JwtVerifier verifier = new JwtVerifier(config, NOON);
            Fuzz.of("jwt").run(500, input -> {
                String token = new String(input, ISO_8859_1);
                JwtVerifier.looksLike(token);
                assertThat(verifier.names(token).blockOptional(Duration.ofSeconds(20)))
                        .isEmpty();
            });
        }
    }
}
