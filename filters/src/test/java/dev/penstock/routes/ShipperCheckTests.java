package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.audit.AuditConfig;
import dev.penstock.audit.ShipperConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code audit.shippers:} may say. */
class ShipperCheckTests {

    private static void problems(String shipper, String... expected) {
        assertThat(Compiling.problems("audit: { shippers: [ " + shipper + " ] }\n" + Sample.YAML))
                .containsExactly(expected);
    }

    @Test
    void whatIsRightIsTakenWithItsDefaults() {
        AuditConfig audit = Compiling.compile(
                        "audit: { shippers: [ { type: otlp, url: \"https://logs.example/v1/logs\" } ] }\n"
                                + Sample.YAML,
                        Map.of())
                .settings()
                .get(AuditConfig.class);
        ShipperConfig shipper = audit.shippers().get(0);
        assertThat(shipper.called()).isEqualTo("otlp");
        assertThat(shipper.required()).isTrue();
        assertThat(shipper.events()).isEqualTo(ShipperConfig.Events.ALL);
        assertThat(shipper.toString()).doesNotContain("logs.example");
    }

    @Test
    void anAddressIsWholeAndPublicUnlessToldOtherwise() {
        problems(
                "{ type: webhook }",
                "routes.yml:1:22 audit.shippers[0].url: missing (expected: the whole address that records are posted to)");
        problems(
                "{ type: webhook, url: \"ftp://a.example/x\" }",
                "routes.yml:1:44 audit.shippers[0].url: no web address (expected: such as https://host/path)");
        problems(
                "{ type: webhook, url: \"http://a.example/x\" }",
                "routes.yml:1:44 audit.shippers[0].url: plain http (expected: https to a public address, or allow-private: true)");
        problems(
                "{ type: webhook, url: \"https://10.0.0.1/x\" }",
                "routes.yml:1:44 audit.shippers[0].url: a private address (expected: https to a public address, or allow-private: true)");
        problems(
                "{ type: webhook, url: \"https://u:p@a.example/x\" }",
                "routes.yml:1:44 audit.shippers[0].url: a URL with credentials or fragment (expected: credentials in headers:)");
        problems(
                "{ type: otlp, url: \"http://collector:4318\", allow-private: true }",
                "routes.yml:1:41 audit.shippers[0].url: a URL without a path (expected: the whole address, such as https://host/v1/logs)");
        problems("{ type: otlp, url: \"http://collector:4318/v1/logs\", allow-private: true }");
    }

    @Test
    void typesNamesAndHeadersAreTold() {
        problems(
                "{ type: kafka, url: \"https://a.example/x\" }",
                "routes.yml:1:30 audit.shippers[0].type: 'kafka' (expected: one of: otlp, webhook)");
        problems(
                "{ type: webhook, name: \"../x\", url: \"https://a.example/x\" }",
                "routes.yml:1:45 audit.shippers[0].name: a name that cannot be used (expected: up to 40 small letters, digits and -)");
        problems(
                "{ type: webhook, url: \"https://a.example/x\", headers: { Host: b } }",
                "routes.yml:1:84 audit.shippers[0].headers.Host: a header that cannot be set here (expected: one of the sink's own)");
        problems(
                "{ type: webhook, url: \"https://a.example/x\", events: some }",
                "routes.yml:1:75 audit.shippers[0].events: 'some' (expected: one of: all, security)");
    }

    @Test
    void twoOfOneNameAreTold() {
        problems(
                "{ type: webhook, url: \"https://a.example/x\" }, { type: webhook, url: \"https://b.example/x\" }",
                "routes.yml:1:69 audit.shippers[1]: a second shipper 'webhook' (expected: name: with one of its own for each)");
        problems(
                "{ type: webhook, url: \"https://a.example/x\" }, { type: webhook, name: siem, url: \"https://b.example/x\" }");
    }
}
