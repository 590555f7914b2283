package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.keys.jwt.JwtConfig;
import dev.penstock.keys.jwt.JwtVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/**
 * Administrators whom an OpenID provider knows, beside those with tokens of our own. The claim holds roles, a text or a list; of
 * several the one with the most rights counts.
 */
final class OidcVisitors implements Visitors {

    private static final String NAME = "oidc";
    private static final String PROPERTIES = "penstock.admin.oidc";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final AdminTokens tokens;
    private final JwtVerifier verifier;

    private OidcVisitors(AdminTokens tokens, JwtVerifier verifier) {
        this.tokens = tokens;
        this.verifier = verifier;
    }

    /** By {@code penstock.admin.oidc.*}; without an issuer there are only tokens. */
    static Visitors beside(AdminTokens tokens, Environment environment) {
        Optional<JwtConfig> config = Binder.get(environment)
                .bind(PROPERTIES, JwtConfig.class)
                .map(Optional::of)
                .orElse(Optional.empty())
                .filter(it -> !it.issuer().isEmpty());
        if (config.isEmpty()) {
            return tokens;
        }
        check(config.get());
        return new OidcVisitors(tokens, new JwtVerifier(config.get(), Clock.systemUTC()));
    }

    private static void check(JwtConfig config) {
        if (config.audience().isEmpty()) {
            throw new IllegalStateException(PROPERTIES + ".audience is empty (expected: what the tokens' aud holds)");
        }
        if (!config.issuer().startsWith("https://") && !config.allowPrivate()) {
            throw new IllegalStateException(
                    PROPERTIES + ".issuer is no https URL (expected: one, or allow-private=true)");
        }
    }

    @Override
    public Mono<Visitor> of(String token) {
        if (!JwtVerifier.looksLike(token)) {
            return tokens.of(token);
        }
        return verifier.names(token)
                .onErrorMap(away -> new GatewayException(
                        ErrorCode.OVERLOADED,
                        Told.of("The issuer's keys cannot be fetched now; see Retry-After.")
                                .after(SOON)))
                .flatMap(names -> Mono.justOrEmpty(role(names)))
                .map(role -> new Visitor(NAME, role));
    }

    private static Optional<AdminRole> role(List<String> names) {
        return Arrays.stream(AdminRole.values())
                .filter(role -> names.contains(role.wire()))
                .max(Comparator.comparing(AdminRole::ordinal));
    }
}
