package dev.penstock.keys.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import dev.penstock.testing.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which tokens are believed. */
class JwtVerifierTests {

    private static RSAKey rsa;
    private static RSAKey other;
    private static ECKey curve;

    private final VirtualClock clock = new VirtualClock("2026-01-01T00:00:00Z");
    private final ScriptedUpstream issuer = ScriptedUpstream.start();
    private final JwtConfig config =
            new JwtConfig(issuer.uri("").toString(), "penstock", "service", Optional.empty(), true);
    private final JwtVerifier verifier = new JwtVerifier(config, clock);
    private JWKSet published = new JWKSet(List.of(rsa.toPublicJWK(), curve.toPublicJWK()));

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        other = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        curve = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    }

    JwtVerifierTests() {
        issuer.answering(asked -> Script.json(
                asked.path().endsWith("openid-configuration")
                        ? "{\"jwks_uri\":\"" + issuer.uri("/keys") + "\"}"
                        : published.toString()));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(config.issuer())
                .audience(List.of("others", "penstock"))
                .claim("service", "billing")
                .expirationTime(Date.from(clock.instant().plusSeconds(300)));
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(
                JWSAlgorithm.RS256,
                "rsa-1",
                new RSASSASigner(rsa),
                change.apply(claims()).build());
    }

    private static String signed(JWSAlgorithm algorithm, String id, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private Optional<List<String>> names(String token) {
        return verifier.names(token).blockOptional(Duration.ofSeconds(10));
    }

    @Test
    void aTokenOfTheIssuerNamesItsService() throws JOSEException {
        assertThat(names(token(it -> it))).contains(List.of("billing"));
        assertThat(names(signed(JWSAlgorithm.ES256, "ec-1", new ECDSASigner(curve), claims().build())))
                .contains(List.of("billing"));
        assertThat(names(token(it -> it.claim("service", List.of("a", "b"))))).contains(List.of("a", "b"));
        assertThat(issuer.ledger().exchanges()).as("its keys are fetched once").hasSize(2);
    }

    @Test
    void aSignatureByEd25519IsBelieved() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        OctetKeyPair key = new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID("ed-1")
                .build();
        published = new JWKSet(List.of(key, rsa.toPublicJWK()));
        assertThat(names(edwards("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}", pair.getPrivate())))
                .contains(List.of("billing"));
        assertThat(names(edwards("{\"alg\":\"Ed25519\",\"kid\":\"ed-1\"}", pair.getPrivate())))
                .contains(List.of("billing"));
        KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(names(edwards("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\"}", stranger.getPrivate())))
                .isEmpty();
        assertThat(names(edwards("{\"alg\":\"EdDSA\",\"kid\":\"rsa-1\"}", pair.getPrivate())))
                .isEmpty();
        assertThat(names(edwards("{\"alg\":\"RS256\",\"kid\":\"ed-1\"}", pair.getPrivate())))
                .isEmpty();
        assertThat(names(edwards("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"crit\":[\"x\"],\"x\":1}", pair.getPrivate())))
                .as("wants more of its reader than is known")
                .isEmpty();
    }

    private String edwards(String header, PrivateKey key) throws Exception {
        String signed = Base64URL.encode(header) + "."
                + Base64URL.encode(claims().build().toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64URL.encode(signature.sign());
    }

    @Test
    void anIssuerOnAPrivateAddressIsNotAskedWithoutLeave() throws JOSEException {
        JwtConfig strict =
                new JwtConfig(config.issuer(), "penstock", "service", Optional.of(issuer.uri("/keys")), false);
        assertThatThrownBy(() ->
                        new JwtVerifier(strict, clock).names(token(it -> it)).block(Duration.ofSeconds(10)))
                .hasStackTraceContaining("not public");
        assertThat(issuer.ledger().exchanges()).isEmpty();
    }

    @Test
    void whatTheClaimsSayHasToHold() throws JOSEException {
        Date past = Date.from(clock.instant().minusSeconds(60));
        Date future = Date.from(clock.instant().plusSeconds(60));
        assertThat(names(token(it -> it.issuer("https://evil.example")))).isEmpty();
        assertThat(names(token(it -> it.issuer(null)))).isEmpty();
        assertThat(names(token(it -> it.audience("others")))).isEmpty();
        assertThat(names(token(it -> it.expirationTime(past)))).isEmpty();
        assertThat(names(token(it -> it.expirationTime(null)))).isEmpty();
        assertThat(names(token(it -> it.notBeforeTime(future)))).isEmpty();
        assertThat(names(token(it -> it.claim("service", null)))).isEmpty();
        assertThat(names(token(it -> it.claim("service", 7)))).isEmpty();
        assertThat(names(token(it -> it.expirationTime(Date.from(clock.instant().minusSeconds(20))))))
                .as("clocks differ by half a minute at most")
                .isPresent();
    }

    @Test
    void onlyASignatureByAPublishedKeyAndAnAsymmetricAlgorithmIsBelieved() throws Exception {
        JWTClaimsSet claims = claims().build();
        assertThat(names(signed(JWSAlgorithm.RS256, "rsa-1", new RSASSASigner(other), claims)))
                .isEmpty();
        assertThat(names(signed(JWSAlgorithm.RS256, "nope", new RSASSASigner(rsa), claims)))
                .isEmpty();
        assertThat(names(signed(JWSAlgorithm.RS256, "ec-1", new RSASSASigner(rsa), claims)))
                .isEmpty();
        assertThat(names(new PlainJWT(claims).serialize())).isEmpty();
        byte[] known = rsa.toRSAPublicKey().getEncoded();
        assertThat(names(signed(JWSAlgorithm.HS256, "rsa-1", new MACSigner(known), claims)))
                .as("the public key as a shared secret")
                .isEmpty();
    }

    @Test
    void aChangedTokenIsNotBelieved() throws JOSEException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String token = token(it -> it);
        assertThat(names(token)).isPresent();
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(token.length() - 1);
            char next = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(random.nextInt(64));
            String changed = token.substring(0, at) + next + token.substring(at + 1);
            assertThat(names(changed).isPresent())
                    .as("character %d, seed %d", at, seed)
                    .isEqualTo(changed.equals(token));
        }
    }

    @Test
    void aKeyThatThePublisherTakesBackIsGoneWithinMinutes() throws JOSEException {
        String token = token(it -> it.expirationTime(Date.from(clock.instant().plusSeconds(3600))));
        assertThat(names(token)).isPresent();
        published = new JWKSet(List.<JWK>of(curve.toPublicJWK()));
        clock.forward(Duration.ofMinutes(6));
        names(token);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean gone = false;
        while (!gone) {
            assertThat(System.nanoTime()).as("gone in time").isLessThan(end);
            clock.forward(Duration.ofMinutes(2));
            gone = names(token).isEmpty();
        }
    }

    @Test
    void withoutTheIssuerNobodyCanSay() throws JOSEException {
        issuer.answering(asked -> Script.answer(500).body("{}"));
        String token = token(it -> it);
        assertThatThrownBy(() -> names(token)).hasMessageContaining("status 500");
    }
}
