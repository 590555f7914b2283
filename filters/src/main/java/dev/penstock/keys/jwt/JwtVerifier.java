package dev.penstock.keys.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Checks tokens of one issuer. Thread-safe; never blocks. */
public final class JwtVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            new JWSAlgorithm("Ed25519"));

    private static final long SKEW_MILLIS = 30_000;
    private static final long BELIEVED_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int SMALLEST_RSA = 2048;
    private static final int MOST = 10_000;

    private final JwtConfig config;
    private final Clock clock;
    private final JwkSource keys;
    private final Map<String, Checked> checked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checked> eldest) {
            return size() > MOST;
        }
    };

    public JwtVerifier(JwtConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.keys = new JwkSource(config, clock);
    }

    private record Checked(List<String> names, long until) {}

    /** Whether it has the look of one: three parts, of which the first begins as a JSON object does. */
    public static boolean looksLike(String text) {
        return text.startsWith("eyJ")
                && text.chars().filter(each -> each == '.').count() == 2;
    }

    /**
     * What the claim says: its text, or those of its list. Empty for a token that is not to be believed, for whatever reason. Fails
     * when the issuer's keys cannot be had.
     */
    public Mono<List<String>> names(String token) {
        String digest = digest(token);
        Checked before = before(digest);
        if (before != null) {
            return Mono.just(before.names());
        }
        SignedJWT parsed;
        try {
            parsed = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(parsed.getHeader().getAlgorithm()) || !isNow(parsed.getJWTClaimsSet())) {
                return Mono.empty();
            }
        } catch (ParseException broken) {
            return Mono.empty();
        }
        return keys.key(parsed.getHeader().getKeyID())
                .filter(key -> isSigned(parsed, key))
                .flatMap(key -> Mono.justOrEmpty(names(parsed)))
                .doOnNext(names -> keep(digest, names, parsed));
    }

    private boolean isNow(JWTClaimsSet claims) {
        long now = clock.millis();
        Date ends = claims.getExpirationTime();
        Date begins = claims.getNotBeforeTime();
        return ends != null
                && now < ends.getTime() + SKEW_MILLIS
                && (begins == null || now >= begins.getTime() - SKEW_MILLIS)
                && config.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(config.audience());
    }

    private static boolean isSigned(SignedJWT token, JWK key) {
        if (key instanceof OctetKeyPair pair) {
            return Ed25519.isSigned(token, pair);
        }
        try {
            JWSVerifier verifier = verifier(key);
            return verifier != null
                    && verifier.supportedJWSAlgorithms()
                            .contains(token.getHeader().getAlgorithm())
                    && token.verify(verifier);
        } catch (JOSEException unusable) {
            return false;
        }
    }

    private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA) {
            return new RSASSAVerifier(rsa);
        }
        return key instanceof ECKey curve ? new ECDSAVerifier(curve) : null;
    }

    private @Nullable List<String> names(SignedJWT token) {
        try {
            Object claim = token.getJWTClaimsSet().getClaim(config.claim());
            if (claim instanceof String text) {
                return List.of(text);
            }
            return claim instanceof List<?> list
                    ? list.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList()
                    : null;
        } catch (ParseException broken) {
            return null;
        }
    }

    private void keep(String digest, List<String> names, SignedJWT token) {
        try {
            long ends = token.getJWTClaimsSet().getExpirationTime().getTime() + SKEW_MILLIS;
            synchronized (checked) {
                checked.put(digest, new Checked(names, Math.min(ends, clock.millis() + BELIEVED_MILLIS)));
            }
        } catch (ParseException impossible) {
            throw new IllegalStateException("it was parsed before", impossible);
        }
    }

    private @Nullable Checked before(String digest) {
        synchronized (checked) {
            Checked found = checked.get(digest);
            return found != null && clock.millis() < found.until() ? found : null;
        }
    }

    /** All of it: a part of a token is no name for it. */
    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
