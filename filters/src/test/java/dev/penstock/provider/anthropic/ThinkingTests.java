package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.assistant;
import static dev.penstock.provider.anthropic.Requests.call;
import static dev.penstock.provider.anthropic.Requests.json;
import static dev.penstock.provider.anthropic.Requests.result;
import static dev.penstock.provider.anthropic.Requests.tool;
import static dev.penstock.provider.anthropic.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Part;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import dev.penstock.provider.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link Thinking}. */
class ThinkingTests {

    @Test
    void newModelsThinkAdaptivelyWithAnEffort() {
        JsonNode body = Requests.hello().effort("xhigh", 100).body("claude-opus-4-7");
        assertThat(body.path("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(body.path("output_config")).isEqualTo(json("{'effort':'xhigh'}"));
        assertThat(body.path("max_tokens").intValue()).isEqualTo(100);
    }

    @Test
    void aLevelThatTheModelDoesNotKnowBecomesTheNextWeakerOne() {
        assertThat(effort("xhigh", "claude-sonnet-4-6")).isEqualTo("high");
        assertThat(effort("max", "claude-opus-4-5")).isEqualTo("high");
        assertThat(effort("minimal", "claude-opus-5")).isEqualTo("low");
    }

    @Test
    void aBudgetStaysBelowTheLimitWhichIsRaised() {
        JsonNode body = Requests.hello().effort("medium", 500).body("claude-haiku-4-5");
        assertThat(body.path("thinking")).isEqualTo(json("{'type':'enabled','budget_tokens':10000}"));
        assertThat(body.path("max_tokens").intValue()).isEqualTo(10_500);
    }

    @Test
    void aBudgetLeavesRoomForTheAnswerOfSmallModels() {
        JsonNode body = Requests.hello().effort("xhigh", null).body("claude-opus-4-1");
        assertThat(body.path("thinking").path("budget_tokens").intValue()).isLessThan(32_000);
        assertThat(body.path("max_tokens").intValue()).isEqualTo(32_000);
    }

    @Test
    void temperatureBesideThinkingIsDroppedAndNamed() {
        Sampling warm = new Sampling(null, 0.2, null, null, List.of(), "low");
        UpstreamRequest sent = Requests.hello().sampling(warm).encode("claude-haiku-4-5");
        assertThat(sent.body().has("temperature")).isFalse();
        assertThat(sent.ignored()).containsExactly("temperature");
    }

    @Test
    void aForcedToolGoesBeforeThinking() {
        UpstreamRequest sent = Requests.hello()
                .effort("low", null)
                .tools(tool("f"))
                .choice(ToolChoice.of(Mode.REQUIRED))
                .encode("claude-haiku-4-5");
        assertThat(sent.body().has("thinking")).isFalse();
        assertThat(sent.ignored()).containsExactly("reasoning_effort");
    }

    @Test
    void aToolLoopWhoseThinkingWasLostGoesOnWithoutThinking() {
        UpstreamRequest lost = Requests.of(user("?"), assistant(call("a", "{}")), result("a", "x"))
                .effort("low", null)
                .encode("claude-haiku-4-5");
        assertThat(lost.body().has("thinking")).isFalse();
        assertThat(lost.ignored()).containsExactly("reasoning_effort");
        Part thought = new Part.Reasoning("hm", "sig", null);
        assertThat(Requests.of(user("?"), assistant(thought, call("a", "{}")), result("a", "x"))
                        .effort("low", null)
                        .body("claude-haiku-4-5")
                        .has("thinking"))
                .isTrue();
    }

    @Test
    void aCapIsNotRaisedForThinking() {
        UpstreamRequest sent = Requests.hello().effort("high", 4000).cap(4000).encode("claude-haiku-4-5");
        assertThat(sent.body().path("max_tokens").intValue()).isEqualTo(4000);
        assertThat(sent.body().path("thinking").path("budget_tokens").intValue())
                .isEqualTo(2000);
        UpstreamRequest small = Requests.hello().effort("high", 4000).cap(2000).encode("claude-haiku-4-5");
        assertThat(small.body().path("max_tokens").intValue()).isEqualTo(2000);
        assertThat(small.body().has("thinking")).isFalse();
        assertThat(small.ignored()).containsExactly("reasoning_effort");
    }

    @Test
    void anUnknownModelIsNotAskedToThink() {
        UpstreamRequest sent = Requests.hello().effort("high", null).encode("house-model");
        assertThat(sent.body().propertyNames()).doesNotContain("thinking", "output_config");
        assertThat(sent.ignored()).containsExactly("reasoning_effort");
    }

    @Test
    void noEffortTurnsThinkingOffWhereItIsOn() {
        assertThat(Requests.hello().effort("none", null).body("claude-sonnet-5").path("thinking"))
                .isEqualTo(json("{'type':'disabled'}"));
        assertThat(Requests.hello()
                        .effort("none", null)
                        .body("claude-haiku-4-5")
                        .has("thinking"))
                .isFalse();
    }

    private static String effort(String level, String model) {
        return Requests.hello()
                .effort(level, null)
                .body(model)
                .path("output_config")
                .path("effort")
                .stringValue();
    }
}
