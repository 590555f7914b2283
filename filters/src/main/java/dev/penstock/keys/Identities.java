package dev.penstock.keys;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings.IdentityConfig;
import dev.penstock.keys.CallerSettings.MtlsConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.keys.jwt.JwtConfig;
import dev.penstock.keys.jwt.JwtVerifier;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import reactor.core.publisher.Mono;

/** Callers that come with another proof than a key: a token of an issuer, or the certificate of their connection. Thread-safe. */
final class Identities {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<JwtConfig, JwtVerifier> verifiers = new ConcurrentHashMap<>();

    Identities(Clock clock) {
        this.clock = clock;
    }

    /** Whether this is a token, and tokens are taken. */
    boolean isToken(String key, Settings settings) {
        return JwtVerifier.looksLike(key) && config(settings).tokens().isPresent();
    }

    /** Fails with {@code key_unknown} for one that is not to be believed or names no service, {@code overloaded} when nobody can say. */
    Mono<Caller> token(String token, Settings settings) {
        JwtConfig config = config(settings).tokens().orElseThrow();
        return verifiers
                .computeIfAbsent(config, it -> new JwtVerifier(it, clock))
                .names(token)
                .onErrorMap(away -> new GatewayException(
                        ErrorCode.OVERLOADED,
                        Told.of("The issuer's keys cannot be fetched now; see Retry-After.")
                                .after(SOON),
                        "the issuer of tokens does not answer"))
                .switchIfEmpty(Mono.error(() -> Callers.unknown("a token that is not to be believed")))
                .map(names -> service(names, "jwt", settings)
                        .orElseThrow(() -> Callers.unknown("a token of no declared service")));
    }

    /** Whom the connection's certificate names; empty where certificates are not asked for, or it names no service. */
    Optional<Caller> certified(ServerHttpRequest request, Settings settings) {
        String attribute = config(settings).mtls().map(MtlsConfig::subject).orElse("");
        SslInfo ssl = request.getSslInfo();
        X509Certificate[] chain = ssl == null ? null : ssl.getPeerCertificates();
        if (attribute.isEmpty() || chain == null || chain.length == 0) {
            return Optional.empty();
        }
        return service(values(chain[0].getSubjectX500Principal().getName(), attribute), "mtls", settings);
    }

    private static List<String> values(String subject, String attribute) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase(attribute))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .toList();
        } catch (InvalidNameException unreadable) {
            return List.of();
        }
    }

    /** Exactly one name, or it would be somebody's choice which. */
    private static Optional<Caller> service(List<String> names, String proof, Settings settings) {
        if (names.size() != 1) {
            return Optional.empty();
        }
        String name = names.get(0);
        ServiceConfig config = settings.get(CallerSettings.class).services().get(name);
        return Optional.ofNullable(config).map(it -> new Caller(name, it.team().orElse(""), proof, it.models()));
    }

    private static IdentityConfig config(Settings settings) {
        return settings.get(CallerSettings.class).identities();
    }
}
