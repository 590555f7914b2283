package dev.penstock.routes;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is checked of services. */
class CallerTests {

    private static final String KEYS = "[ { id: a, value: psk_demo } ]";
    private static final String DIGEST = "2da22c2fe3a7aae5d0fb84a3cf22e5aeb02f5d3b9c2d9a1f1ae3cda20f6e10aa";

    @Test
    void aKeyIsAValueOrADigest() {
        Sample.problems(KEYS, "[ { id: a }, { id: b, value: x, sha256: " + DIGEST + " } ]")
                .containsExactly(
                        "routes.yml:12:19 services.demo.keys[0]: a key with neither value and sha256 (expected: exactly one of"
                                + " value, sha256)",
                        "routes.yml:12:30 services.demo.keys[1]: a key with both value and sha256 (expected: exactly one of"
                                + " value, sha256)");
    }

    @Test
    void aDigestHas64HexDigits() {
        Sample.problems(KEYS, "[ { id: a, sha256: abc } ]")
                .containsExactly("routes.yml:12:36 services.demo.keys[0].sha256: a value (expected: 64 hex digits)");
    }

    @Test
    void keyIdsAreTheirOwn() {
        Sample.problems(KEYS, "[ { id: a, value: x }, { id: a, value: y } ]")
                .containsExactly(
                        "routes.yml:12:46 services.demo.keys[1].id: a key id used twice (expected: one of its own for"
                                + " each key)");
    }

    @Test
    void twoServicesCannotShareAKey() {
        Sample.problems(
                        "services:\n",
                        "services:\n  other: { keys: [ { id: o, value: \"${SHARED}\" } ] }\n",
                        Map.of("SHARED", "psk_demo"))
                .containsExactly("routes.yml:13:19 services.demo.keys[0]: the same key as services.other.keys[0] at"
                        + " routes.yml:12:20 (expected: a key of its own)");
    }

    @Test
    void aServiceMayNameItsOwnKeyTwice() {
        Sample.problems(
                        KEYS,
                        "[ { id: a, value: psk_demo }, { id: b, value: \"${SAME}\" } ]",
                        Map.of("SAME", "psk_demo"))
                .isEmpty();
    }

    @Test
    void aTeamMustExist() {
        Sample.problems("  demo: {", "  demo: { team: shp,")
                .containsExactly(
                        "routes.yml:12:17 services.demo.team: 'shp' is not declared (expected: a line of its own"
                                + " under teams:, such as NAME: {})");
        Sample.problems("services:\n  demo: {", "teams: { shop: {}, web: {} }\nservices:\n  demo: { team: shp,")
                .containsExactly("routes.yml:13:17 services.demo.team: unknown team 'shp' (expected one of: shop, web);"
                        + " did you mean 'shop'?");
    }

    @Test
    void emptyKeysAreNoKeysAndMayBeMany() {
        Sample.problems(
                        KEYS,
                        "[ { id: a, value: \"\" }, { id: b, value: \"${NONE:}\" }, { id: c, sha256: \"${NONE:}\" } ]")
                .isEmpty();
    }

    @Test
    void aModelThatAServiceMayUseMustExist() {
        Sample.problems(KEYS, KEYS + ", models: [ defalt, default, openai/gpt-x, \"*\", \"mock/*\", \"*a*\" ]")
                .containsExactly(
                        "routes.yml:12:59 services.demo.models[0]: unknown model 'defalt' (expected one of: default); did you"
                                + " mean 'default'?",
                        "routes.yml:12:105 services.demo.models[5]: '*a*' (expected: one * at most)");
    }

    @Test
    void namesBecomeLabels() {
        Sample.problems("  demo: {", "  \"de mo\": {")
                .containsExactly(
                        "routes.yml:12:3 services.de mo: a name that cannot be used (expected: up to 100 letters,"
                                + " digits and . _ : -)");
    }
}
