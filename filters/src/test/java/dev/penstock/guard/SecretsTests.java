package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.TextKind;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Rule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which keys are known, and what only looks like one. */
class SecretsTests {

    private static final String ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final Inspection secrets = Guards.inspection(Guards.of(Rule.SECRETS, Action.REDACT));

    private static String drawn(String from, int length) {
        Random random = new Random(42);
        StringBuilder drawn = new StringBuilder();
        random.ints(length, 0, from.length()).forEach(i -> drawn.append(from.charAt(i)));
        return drawn.toString();
    }

    private String redacted(String text) {
        List<Finding> found = secrets.look(text, TextKind.MESSAGE, (control, failure) -> {
            throw failure;
        });
        return Redaction.of(text, 0, text.length(), found);
    }

    @TestFactory
    Stream<DynamicTest> aKeyOfAKnownFormIsTakenOut() {
        Map<String, String> keys = Map.ofEntries(
                Map.entry("sk-ant-api03-" + drawn(ALNUM, 95), "[ANTHROPIC_KEY]"),
                Map.entry("sk-proj-" + drawn(ALNUM, 100), "[OPENAI_KEY]"),
                Map.entry("sk-" + drawn(ALNUM, 48), "[OPENAI_KEY]"),
                Map.entry("sk-or-v1-" + drawn(HEX, 64), "[OPENROUTER_KEY]"),
                Map.entry("AIza" + drawn(ALNUM, 35), "[GOOGLE_KEY]"),
                Map.entry("AKIA" + drawn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), "[AWS_ACCESS_KEY]"),
                Map.entry("hf_" + drawn(ALNUM, 34), "[HUGGINGFACE_TOKEN]"),
                Map.entry("gsk_" + drawn(ALNUM, 52), "[GROQ_KEY]"),
                Map.entry("xai-" + drawn(ALNUM, 80), "[XAI_KEY]"),
                Map.entry("ghp_" + drawn(ALNUM, 36), "[GITHUB_TOKEN]"),
                Map.entry("glpat-" + drawn(ALNUM, 20), "[GITLAB_TOKEN]"),
                Map.entry("sk_live_" + drawn(ALNUM, 24), "[STRIPE_KEY]"),
                Map.entry("npm_" + drawn(ALNUM, 36), "[NPM_TOKEN]"),
                Map.entry("SG." + drawn(ALNUM, 22) + "." + drawn(ALNUM, 43), "[SENDGRID_KEY]"),
                Map.entry("dop_v1_" + drawn(HEX, 64), "[DIGITALOCEAN_TOKEN]"),
                Map.entry("psk_k2_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ" + "24Snj6", "[PENSTOCK_KEY]"));
        return keys.entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(
                        it.getValue(),
                        () -> assertThat(redacted("use \"" + it.getKey() + "\" for it"))
                                .isEqualTo("use \"" + it.getValue() + "\" for it")));
    }

    @Test
    void aKeyOfOurOwnWithAWrongSumIsNone() {
        String text = "psk_k2_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ000000";
        assertThat(redacted(text)).isEqualTo(text);
    }

    @Test
    void aProvidersKeyIsKnownWhateverItLooksLike() {
        assertThat(redacted("is it provider-secret-0123456789?")).isEqualTo("is it [KEY_EXPOSURE]?");
    }

    @Test
    void whatManualsAndCodeHoldIsNoKey() {
        for (String text : List.of(
                "export OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "the sk-learn package; task-0123456789abcdef0123456789abcdef0123",
                "api_key = os.environ[\"SERVICE_API_KEY\"]",
                "client_secret: ${CLIENT_SECRET_FROM_VAULT_2}",
                "a file that begins with -----BEGIN RSA PRIVATE KEY----- is a key",
                "AKIA is how they begin, eyJ is base64 of {\"",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "commit 9fceb02d0ae598e95dc970b74767f19372d61af8")) {
            assertThat(redacted(text)).isEqualTo(text);
        }
    }

    @Test
    void aPrivateKeyGoesToItsEndAndNoFurther() {
        String body = drawn(ALNUM, 64) + "\n" + drawn(ALNUM, 64) + "\n";
        String pem = "-----BEGIN PRIVATE KEY-----\n" + body + "-----END PRIVATE KEY-----";
        assertThat(redacted("key:\n" + pem + "\nThat is it.")).isEqualTo("key:\n[PRIVATE_KEY]\nThat is it.");
        assertThat(redacted("{\"key\":\"" + pem.replace("\n", "\\n") + "\"}")).isEqualTo("{\"key\":\"[PRIVATE_KEY]\"}");
    }

    @Test
    void ofATokenThatIsAssignedNothingIsLeft() {
        String jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + drawn(ALNUM, 43);
        assertThat(redacted("{\"access_token\": \"" + jwt + "\", \"x\": 1}"))
                .isEqualTo("{\"access_token\": \"[ASSIGNED_SECRET]\", \"x\": 1}");
        assertThat(redacted("api_key=glpat-" + drawn(ALNUM, 24) + ".01.abc1234de and more"))
                .isEqualTo("api_key=[ASSIGNED_SECRET] and more");
    }

    @Test
    void aSecretThatIsAssignedGoesOnBehindADot() {
        String first = drawn(ALNUM, 24);
        assertThat(redacted("client_secret: " + first + ".k2-9x.tail is it"))
                .isEqualTo("client_secret: [ASSIGNED_SECRET] is it");
        assertThat(redacted("It is api_key=" + first + ". Keep it."))
                .isEqualTo("It is api_key=[ASSIGNED_SECRET]. Keep it.");
        String members = "api_key = settings.providers.openai2.first.key_of_all";
        assertThat(redacted(members)).isEqualTo(members);
    }
}
