package dev.penstock.routes;

import org.junit.jupiter.api.Test;

/** What is read and checked of {@code budget:}, {@code max-output:} and {@code alerts:}. */
class BudgetChecksTests {

    private static final String DEMO = "  demo: { keys:";

    @Test
    void aMarkIsAPerCentAndOutputIsNotClampedToNothing() {
        Sample.problems(DEMO, "  demo: { budget: { daily: 1, soft: [50, 101], min-output: 0 }, keys:")
                .containsExactly(
                        "routes.yml:12:42 services.demo.budget.soft[1]: '101' (expected: 1 to 100)",
                        "routes.yml:12:60 services.demo.budget.min-output: '0' (expected: 1 or more)");
    }

    @Test
    void anOutputCapIsAtLeastOneToken() {
        Sample.problems("    targets:", "    max-output: 0\n    targets:")
                .first()
                .asString()
                .endsWith("max-output: '0' (expected: 1 or more)");
    }

    @Test
    void alertsGoToAWebAddressThatIsNotRepeated() {
        Sample.problems("services:", "alerts: { webhook: \"ftp://secret.example\" }\nservices:")
                .first()
                .asString()
                .endsWith("alerts.webhook: no web address (expected: such as https://host/path, or nothing)");
    }
}
