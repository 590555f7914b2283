package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers and administrators that come with something else than a key of ours. */
class IdentityTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private static Script issuer(ScriptedUpstream issuer, String path, RSAKey key) {
        return Script.json(
                path.endsWith("openid-configuration")
                        ? "{\"jwks_uri\":\"" + issuer.uri("/keys") + "\"}"
                        : new JWKSet(key.toPublicJWK()).toString());
    }

    private static String token(ScriptedUpstream issuer, RSAKey key, String claim, Object value) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer.uri("").toString())
                        .audience("penstock")
                        .claim(claim, value)
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void aTokenOfTheIssuerIsAKeyOfItsServiceAndARoleOfItsAdministrator() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                ScriptedUpstream issuer = ScriptedUpstream.start()) {
            issuer.answering(asked -> issuer(issuer, asked.path(), key));
            String section = "callers: { jwt: { issuer: \"" + issuer.uri("")
                    + "\", audience: penstock, claim: service, allow-private: true } }\n";
            try (RunningGateway gateway = RunningGateway.with(
                    section + Wires.oneProvider(upstream, ""),
                    "--penstock.admin.oidc.issuer=" + issuer.uri(""),
                    "--penstock.admin.oidc.audience=penstock",
                    "--penstock.admin.oidc.claim=roles",
                    "--penstock.admin.oidc.allow-private=true")) {
                String right = token(issuer, key, "service", "test");
                assertThat(status(gateway, right)).isEqualTo(200);
                assertThat(status(gateway, token(issuer, key, "service", "nobody")))
                        .isEqualTo(401);
                assertThat(status(gateway, token(issuer, key, "other", "test"))).isEqualTo(401);
                assertThat(status(gateway, right.substring(0, right.length() - 8) + "AAAAAAAA"))
                        .isEqualTo(401);
                assertThat(status(gateway, RunningGateway.KEY)).isEqualTo(200);
                AdminClient operator =
                        new AdminClient(gateway, token(issuer, key, "roles", List.of("viewer", "operator")));
                assertThat(operator.get("/admin/config").status()).isEqualTo(200);
                assertThat(operator.post("/admin/keys", "{\"service\":\"test\"}")
                                .status())
                        .isEqualTo(403);
                assertThat(new AdminClient(gateway, right).get("/admin/config").status())
                        .isEqualTo(401);
                Records records =
                        Records.in(gateway.data(), found -> found.of("outcome").size() == 2);
                assertThat(Json.string(records.of("outcome").get(0).path("who"), "key"))
                        .isEqualTo("jwt");
                assertThat(records.all().toString()).doesNotContain(right);
            }
        }
    }

    private static int status(RunningGateway gateway, String key) {
        try (RawClient client =
                gateway.client().post("/v1/chat/completions", Map.of("authorization", "Bearer " + key), Wires.ASK)) {
            int status = client.answer().status();
            client.text();
            return status;
        }
    }

    @Test
    void aCertificateThatNamesAServiceIsItsKey() throws Exception {
        Path server = pair("server", "CN=localhost");
        Path mine = pair("mine", "CN=test, O=us");
        Path foreign = pair("foreign", "CN=nobody");
        Path trusted = trusting("trusted", "mine", "foreign");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(
                        "callers: { mtls: { subject: CN } }\n" + Wires.oneProvider(upstream, ""),
                        "--server.ssl.key-store=" + server,
                        "--server.ssl.key-store-password=" + PASSWORD,
                        "--server.ssl.trust-store=" + trusted,
                        "--server.ssl.trust-store-password=" + PASSWORD,
                        "--server.ssl.client-auth=want")) {
            assertThat(ask(gateway, mine)).isEqualTo(200);
            assertThat(ask(gateway, foreign)).isEqualTo(401);
            assertThat(ask(gateway, null)).isEqualTo(401);
        }
    }

    private int ask(RunningGateway gateway, Path certificate) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(trusting("gateway", "server")));
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (certificate != null) {
            own.init(store(certificate), PASSWORD.toCharArray());
        }
        context.init(certificate == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(
                        "https://localhost:" + gateway.uri("/").getPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Wires.ASK))
                .build();
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static KeyStore store(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pair(String name, String subject) throws Exception {
        Path file = folder.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                "san=dns:localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-validity",
                "2");
        return file;
    }

    /** A store of the certificates of these pairs, without their keys. */
    private Path trusting(String name, String... pairs) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String pair : pairs) {
            trusted.setCertificateEntry(
                    pair, store(folder.resolve(pair + ".p12")).getCertificate(pair));
        }
        Path file = folder.resolve(name + "-trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
