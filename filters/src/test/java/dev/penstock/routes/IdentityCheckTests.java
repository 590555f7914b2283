package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code callers:} may say. */
class IdentityCheckTests {

    private static void problems(String section, String... expected) {
        assertThat(Compiling.problems("callers: " + section + "\n" + Sample.YAML))
                .containsExactly(expected);
    }

    @Test
    void withoutAnIssuerNothingIsChecked() {
        problems("{ jwt: { issuer: \"\", audience: \"\", claim: \"\" } }");
    }

    @Test
    void whatIsMissingIsToldByName() {
        problems(
                "{ jwt: { issuer: \"http://id.example\", audience: \"\", claim: sub } }",
                "routes.yml:1:27 callers.jwt.issuer: 'http://id.example' (expected: an https URL; allow-private: true allows http)",
                "routes.yml:1:58 callers.jwt.audience: an empty audience (expected: what the tokens' aud holds for this gateway)");
        problems(
                "{ mtls: { subject: SERIAL } }",
                "routes.yml:1:29 callers.mtls.subject: 'SERIAL' (expected: one of CN, OU, O, UID)");
    }

    @Test
    void anIssuerOnAPrivateAddressNeedsLeave() {
        problems(
                "{ jwt: { issuer: \"https://10.1.2.3\", audience: a, claim: sub } }",
                "routes.yml:1:27 callers.jwt.issuer: 'https://10.1.2.3' is a private address (expected: a public one, or allow-private: true)");
        problems("{ jwt: { issuer: \"https://10.1.2.3\", audience: a, claim: sub, allow-private: true } }");
    }
}
