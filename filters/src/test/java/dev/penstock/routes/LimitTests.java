package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.limit.LimitSettings;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** What is read and checked of {@code limits:}. */
class LimitTests {

    private static final String DEMO = "  demo: { keys:";

    private static ListAssert<String> problems(String limits) {
        return Sample.problems(DEMO, "  demo: { limits: [ " + limits + " ], keys:");
    }

    @Test
    void limitsStandAtServicesTeamsAndProviders() {
        String yaml = Sample.with(DEMO, "  demo: { team: shop, limits: [ { by: key, requests: 600, per: 1m } ], keys:")
                .replace(
                        "services:",
                        "teams: { shop: { limits: [ { tokens: 200000, per: 1h, smooth: true } ] } }\nservices:")
                .replace("{ dialect: mock }", "{ dialect: mock, limits: [ { concurrent: 50 } ] }");
        LimitSettings limits = Compiling.compile(yaml, Map.of()).settings().get(LimitSettings.class);
        assertThat(limits.services().get("demo").get(0).rule("services.demo", By.SERVICE))
                .isEqualTo(new Rule("services.demo", By.KEY, Measure.REQUESTS, 600, Duration.ofMinutes(1), false));
        assertThat(limits.teams().get("shop").get(0).rule("teams.shop", By.TEAM))
                .isEqualTo(new Rule("teams.shop", By.TEAM, Measure.TOKENS, 200000, Duration.ofHours(1), true));
        assertThat(limits.providers().get("mock").get(0).rule("providers.mock", By.PROVIDER))
                .isEqualTo(new Rule("providers.mock", By.PROVIDER, Measure.CONCURRENT, 50, Duration.ZERO, false));
    }

    @Test
    void aLimitCountsOneThing() {
        problems("{ per: 1m }, { requests: 1, tokens: 1, per: 1m }")
                .containsExactly(
                        "routes.yml:12:21 services.demo.limits[0]: a limit with none of requests, tokens, concurrent"
                                + " (expected: exactly one of them)",
                        "routes.yml:12:34 services.demo.limits[1]: a limit with several of requests, tokens, concurrent"
                                + " (expected: exactly one of them)");
    }

    @Test
    void requestsAndTokensHaveAWindowAndWhatIsConcurrentHasNone() {
        problems("{ requests: 1 }, { concurrent: 1, per: 1m }, { concurrent: 2, smooth: true }")
                .containsExactly(
                        "routes.yml:12:21 services.demo.limits[0].per: missing (expected: a time such as 1m)",
                        "routes.yml:12:60 services.demo.limits[1].per: has no effect here (expected: requests or tokens"
                                + " beside it)",
                        "routes.yml:12:91 services.demo.limits[2].smooth: has no effect here (expected: requests or"
                                + " tokens beside it)");
    }

    @Test
    void numbersAndTimesHaveBounds() {
        problems("{ requests: 0, per: 1m }, { tokens: 2000000000, per: 1s }, { requests: 1, per: 1ms }")
                .containsExactly(
                        "routes.yml:12:33 services.demo.limits[0].requests: '0' (expected: 1 to 60000000000)",
                        "routes.yml:12:57 services.demo.limits[1].tokens: '2000000000' (expected: 1 to 1000000000)",
                        "routes.yml:12:100 services.demo.limits[2].per: '1ms' (expected: 1s to 31d)");
    }

    @Test
    void aLimitByTeamNeedsATeam() {
        problems("{ by: team, requests: 1, per: 1m }")
                .containsExactly(
                        "routes.yml:12:27 services.demo.limits[0].by: 'team' (expected: a team for this service)");
    }

    @Test
    void theSameLimitTwiceIsAMistake() {
        problems("{ requests: 1, per: 1m }, { by: service, requests: 1, per: 60s }")
                .containsExactly(
                        "routes.yml:12:47 services.demo.limits[1]: the same limit twice (expected: one of them)");
    }

    @Test
    void twoLimitsOfOneCountAreAMistake() {
        problems("{ requests: 1, per: 1m }, { requests: 2, per: 1m }, { requests: 2, per: 1h }, { tokens: 2, per: 1m }")
                .containsExactly(
                        "routes.yml:12:47 services.demo.limits[1]: the same limit twice (expected: one of them)");
    }

    @Test
    void limitsThatNoRouteHoldsAreTold() {
        String yaml = Sample.with(DEMO, "  demo: { limits: [ { concurrent: 1 } ], keys:");
        assertThat(Compiling.compile(yaml, Map.of()).warnings())
                .contains(
                        "limits do not hold on route 'chat': it has no RateLimit (expected: RateLimit in default-filters)");
        assertThat(Compiling.compile(yaml.replace("SelectUpstream,", "RateLimit, SelectUpstream,"), Map.of())
                        .warnings())
                .noneMatch(warning -> warning.contains("RateLimit"));
    }
}
