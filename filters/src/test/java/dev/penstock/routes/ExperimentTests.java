package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.experiment.shadow.ShadowSettings;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** Tests for {@code experiments:} and {@code rollout:}. */
class ExperimentTests {

    private static final String ROUTES = "routes:\n  - id: chat\n";
    private static final String ARMS = "arms: [ { model: default, weight: 1 }, { model: other, weight: 3 } ]";

    @Test
    void anExperimentIsReadAsItStands() {
        ExperimentConfig read = settings("experiments: { e: { model: default, " + ARMS + ", sticky-by: user } }")
                .experiments()
                .get("e");
        assertThat(read.arms())
                .extracting(arm -> arm.name() + " " + arm.weight())
                .containsExactly("default 1", "other 3");
        assertThat(read.stickyBy()).isEqualTo(StickyBy.USER);
        assertThat(read.stop().scores()).isEqualTo(100_000);
    }

    @Test
    void thePromptVersionsOfAKindMayBeArms() {
        problems(
                        "{ kind: social-media, arms: [ { prompt_version: v1, weight: 1 }, { prompt_version: v9, weight: 1 } ] }")
                .singleElement()
                .asString()
                .startsWith("routes.yml:15:89 experiments.e.arms[1].prompt_version: unknown prompt version of"
                        + " social-media 'v9' (expected one of: v1");
    }

    @Test
    void itIsOfAKindOrOfAModel() {
        problems("{ " + ARMS + " }")
                .containsExactly("routes.yml:15:6 experiments.e: an experiment with neither kind and model (expected:"
                        + " exactly one of kind, model)");
        problems("{ kind: social-media, model: default, " + ARMS + " }")
                .containsExactly("routes.yml:15:6 experiments.e: an experiment with both kind and model (expected:"
                        + " exactly one of kind, model)");
    }

    @Test
    void namesThatDoNotExistAreTold() {
        problems("{ model: defualt, " + ARMS + " }")
                .singleElement()
                .asString()
                .contains("experiments.e.model: unknown model 'defualt'", "did you mean 'default'?");
        problems("{ model: default, arms: [ { model: default, weight: 1 }, { model: gone, weight: 1 } ] }")
                .singleElement()
                .asString()
                .contains("experiments.e.arms[1].model: unknown model 'gone'");
        problems("{ kind: nothing, " + ARMS + " }")
                .singleElement()
                .asString()
                .contains("experiments.e.kind: unknown kind 'nothing' (expected one of:", "social-media");
        problems("{ model: default, " + ARMS + ", sticky: user }")
                .singleElement()
                .asString()
                .contains("experiments.e.sticky: unknown key 'sticky'");
    }

    @Test
    void weightsArePositive() {
        problems("{ model: default, arms: [ { model: default, weight: 0 }, { model: other, weight: -1 } ] }")
                .hasSize(2)
                .allMatch(problem -> problem.contains("weight: ") && problem.contains("(expected: 1 to 1000000)"));
    }

    @Test
    void armsAreSeveralOfOneSortAndDiffer() {
        problems("{ model: default, arms: [ { model: default, weight: 1 } ] }")
                .singleElement()
                .asString()
                .contains("experiments.e.arms: 1 arms (expected: at least 2)");
        problems("{ model: default, arms: [ { model: default, weight: 1 }, { model: default, weight: 2 } ] }")
                .singleElement()
                .asString()
                .contains("experiments.e.arms[1]: the same arm twice");
        problems("{ kind: social-media, arms: [ { prompt_version: v1, weight: 1 }, { model: other, weight: 2 } ] }")
                .singleElement()
                .asString()
                .contains("experiments.e.arms[1]: another sort of arm than the first");
        problems("{ kind: social-media, arms: [ { prompt_version: v1, model: other, weight: 1 }, { weight: 2 } ] }")
                .anyMatch(problem -> problem.contains("arms[0]: an arm with both prompt_version and model"))
                .anyMatch(problem -> problem.contains("arms[1]: an arm with neither prompt_version and model"));
        problems("{ model: default, arms: [ { prompt_version: v1, weight: 1 }, { prompt_version: v2, weight: 2 } ] }")
                .hasSize(2)
                .allMatch(problem -> problem.contains("prompt_version: has no effect here"));
    }

    @Test
    void aCallIsInOneExperimentOnly() {
        problems("{ model: default, " + ARMS + " }\n  f: { model: default, " + ARMS + " }")
                .containsExactly("routes.yml:16:6 experiments.f: of the same calls as experiments.e at routes.yml:15:6"
                        + " (expected: one experiment for a kind or model)");
    }

    @Test
    void anExperimentThatNoRouteHoldsIsTold() {
        String yaml = yaml("experiments: { e: { model: default, " + ARMS + " } }");
        assertThat(Compiling.compile(yaml.replace("AssignVariant, ", ""), Map.of())
                        .warnings())
                .contains("experiments do not hold on route 'chat': it has no AssignVariant (expected: AssignVariant in"
                        + " default-filters)");
        assertThat(Compiling.compile(yaml, Map.of()).warnings()).noneMatch(it -> it.contains("experiments"));
    }

    @Test
    void theRolloutIsAShareOrASwitch() {
        assertThat(real("0")).isZero();
        assertThat(real("12.5")).isEqualTo(12.5);
        assertThat(real("true")).isEqualTo(100);
        assertThat(real("false")).isZero();
        assertThat(settings("").rollout().realTraffic().isAll()).isTrue();
        for (String wrong : new String[] {"101", "-1", "half", "1e2"}) {
            assertThat(Compiling.problems(yaml("rollout: { real-traffic: " + wrong + " }")))
                    .as(wrong)
                    .containsExactly("routes.yml:14:26 rollout.real-traffic: '" + wrong
                            + "' (expected: 0 to 100, or true (100) or false (0))");
        }
    }

    @Test
    void aRouteThatWouldNotHoldTheRolloutIsAMistake() {
        String yaml = yaml("rollout: { real-traffic: 50 }").replace("AssignVariant, ", "");
        assertThat(Compiling.problems(yaml))
                .containsExactly(
                        "routes.yml:14:26 rollout.real-traffic: would not hold on routes without AssignVariant:"
                                + " chat (expected: AssignVariant in default-filters)");
    }

    @Test
    void aModelThatTheRolloutCannotServeIsTold() {
        String yaml = yaml("rollout: { real-traffic: 50 }")
                .replace("  other: { targets: [ { provider: mock,", "  other: { targets: [ { provider: openai,");
        assertThat(Compiling.compile(yaml, Map.of()).warnings())
                .anyMatch(it ->
                        it.startsWith("model 'other' has no mock target: calls for it that rollout.real-traffic"));
    }

    @Test
    void aShadowIsATargetAndAShare() {
        shadow("{ to: mock, share: 10 }")
                .singleElement()
                .asString()
                .contains("models.default.shadow.to: 'mock' (expected: a target, provider/model)");
        shadow("{ to: mook/x, share: 10 }")
                .singleElement()
                .asString()
                .contains("models.default.shadow.to: unknown provider 'mook'", "did you mean 'mock'?");
        shadow("{ to: mock/x, share: 101 }")
                .singleElement()
                .asString()
                .contains("models.default.shadow.share: '101' (expected: 0 to 100)");
        shadow("{ share: 1 }").singleElement().asString().contains("models.default.shadow.to: missing");
        shadow("{ to: mock/x, share: 1, budget: { daily: 1 USD, min-output: 0 } }")
                .singleElement()
                .asString()
                .contains("models.default.shadow.budget.min-output");
    }

    @Test
    void aShadowWithoutAShareOrWithADisabledProviderIsNone() {
        assertThat(shadows("{ to: mock/x, share: 5 }")).containsOnlyKeys("default");
        assertThat(shadows("{ to: mock/x }")).isEmpty();
        assertThat(shadows("{ to: openai/x, share: 5 }")).isEmpty();
    }

    private static Map<String, ShadowSettings.Shadow> shadows(String shadow) {
        return Compiling.compile(shadowed(shadow), Map.of())
                .settings()
                .get(ShadowSettings.class)
                .models();
    }

    private static ListAssert<String> shadow(String shadow) {
        return assertThat(Compiling.problems(shadowed(shadow)));
    }

    private static String shadowed(String shadow) {
        return yaml("").replace("  default:\n", "  default:\n    shadow: " + shadow + "\n");
    }

    private static double real(String written) {
        return settings("rollout: { real-traffic: " + written + " }")
                .rollout()
                .realTraffic()
                .value();
    }

    private static ListAssert<String> problems(String experiment) {
        return assertThat(Compiling.problems(yaml("experiments:\n  e: " + experiment)));
    }

    private static ExperimentSettings settings(String section) {
        return Compiling.compile(yaml(section), Map.of()).settings().get(ExperimentSettings.class);
    }

    private static String yaml(String section) {
        return Sample.with(ROUTES, section + "\n" + ROUTES)
                .replace("RenderPrompt,", "AssignVariant, RenderPrompt,")
                .replace("services:", "  other: { targets: [ { provider: mock, model: other } ] }\nservices:");
    }
}
