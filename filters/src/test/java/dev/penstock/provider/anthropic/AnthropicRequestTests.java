package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Need;
import dev.penstock.provider.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link AnthropicRequest} and the fields that are not conversation, tools or format. */
class AnthropicRequestTests {

    private static final String ALIAS = "k0123456789";

    @Test
    void pathHeadersAndCredentialAreAnthropics() {
        UpstreamRequest sent = Requests.hello().encode(ALIAS);
        assertThat(sent.path()).isEqualTo("/messages");
        assertThat(sent.headers()).containsEntry("anthropic-version", "2023-06-01");
        assertThat(Requests.DIALECT.credential("s")).containsExactly(java.util.Map.entry("x-api-key", "s"));
    }

    @Test
    void theTokenLimitIsTheRequestsElseTheModels() {
        Sampling ten = new Sampling(10, null, null, null, List.of(), null);
        assertThat(maxTokens(Requests.hello().sampling(ten), ALIAS)).isEqualTo(10);
        assertThat(maxTokens(Requests.hello(), ALIAS)).isEqualTo(4096);
        assertThat(maxTokens(Requests.hello(), "claude-haiku-4-5-20251001")).isEqualTo(64000);
        assertThat(maxTokens(Requests.hello(), "claude-opus-4-1")).isEqualTo(32000);
        assertThat(Requests.hello().encode(ALIAS).ignored()).isEmpty();
    }

    @Test
    void temperatureAboveOneIsClampedAndNamed() {
        UpstreamRequest sent = Requests.hello().sampling(drawn(1.4, null, null)).encode(ALIAS);
        assertThat(sent.body().path("temperature").doubleValue()).isEqualTo(1.0);
        assertThat(sent.ignored()).containsExactly("temperature");
    }

    @Test
    void newModelsTakeNoSamplingAndItIsNamed() {
        UpstreamRequest sent = Requests.hello().sampling(drawn(0.2, 0.9, 5)).encode("claude-opus-5");
        assertThat(sent.body().propertyNames()).doesNotContain("temperature", "top_p", "top_k");
        assertThat(sent.ignored()).containsExactlyInAnyOrder("temperature", "top_p", "top_k");
    }

    @Test
    void topPYieldsToTemperatureWhereTheModelTakesOne() {
        UpstreamRequest sent = Requests.hello().sampling(drawn(0.2, 0.9, 5)).encode("claude-sonnet-4-5");
        assertThat(sent.body().path("temperature").doubleValue()).isEqualTo(0.2);
        assertThat(sent.body().has("top_p")).isFalse();
        assertThat(sent.body().path("top_k").intValue()).isEqualTo(5);
        assertThat(sent.ignored()).containsExactly("top_p");
        assertThat(Requests.hello()
                        .sampling(drawn(0.2, 0.9, null))
                        .body("claude-3-haiku-20240307")
                        .has("top_p"))
                .isTrue();
        assertThat(Requests.hello()
                        .sampling(drawn(null, 0.9, null))
                        .body("claude-sonnet-4-5")
                        .has("top_p"))
                .isTrue();
    }

    @Test
    void blankStopWordsAreLeftOutAndNamed() {
        Sampling stop = new Sampling(null, null, null, null, List.of("END", "\n"), null);
        UpstreamRequest sent = Requests.hello().sampling(stop).encode(ALIAS);
        assertThat(sent.body().path("stop_sequences")).isEqualTo(json("['END']"));
        assertThat(sent.ignored()).containsExactly("stop");
    }

    @Test
    void theUserAndTheTierHaveWordsOfTheirOwn() {
        ObjectNode body = Requests.hello()
                .extra("user", "'u'")
                .extra("service_tier", "'default'")
                .encode(ALIAS)
                .body();
        assertThat(body.path("metadata")).isEqualTo(json("{'user_id':'u'}"));
        assertThat(body.path("service_tier").stringValue()).isEqualTo("standard_only");
        assertThat(Requests.hello()
                        .extra("service_tier", "'flex'")
                        .encode(ALIAS)
                        .ignored())
                .containsExactly("service_tier");
    }

    @Test
    void theSafetyIdentifierGoesBeforeTheUser() {
        UpstreamRequest sent = Requests.hello()
                .extra("user", "'u'")
                .extra("safety_identifier", "'s'")
                .encode(ALIAS);
        assertThat(sent.body().path("metadata")).isEqualTo(json("{'user_id':'s'}"));
    }

    @Test
    void everyOtherFieldIsNamedUnlessItAsksForNothing() {
        UpstreamRequest sent = Requests.hello()
                .extra("seed", "7")
                .extra("logprobs", "true")
                .extra("top_logprobs", "3")
                .extra("presence_penalty", "0.5")
                .extra("logit_bias", "{'1':2}")
                .extra("verbosity", "'low'")
                .extra("brand_new", "1")
                .extra("store", "false")
                .extra("n", "1")
                .extra("metadata", "{}")
                .extra("frequency_penalty", "0")
                .extra("stream_options", "{'include_usage':true}")
                .encode(ALIAS);
        assertThat(sent.ignored())
                .containsExactlyInAnyOrder(
                        "seed", "logprobs", "top_logprobs", "presence_penalty", "logit_bias", "verbosity", "brand_new");
        assertThat(sent.body().propertyNames()).containsExactlyInAnyOrder("model", "max_tokens", "messages");
    }

    @Test
    void theVerbatimLaneChangesTheModelAloneAndNotTheCallersTree() {
        ObjectNode asked = (ObjectNode) json("{'model':'default','max_tokens':1,'messages':[],'brand_new':1}");
        ObjectNode before = asked.deepCopy();
        UpstreamRequest sent = Requests.DIALECT.relay(asked, "claude-x", 0);
        assertThat(sent.body()).isEqualTo(before.deepCopy().put("model", "claude-x"));
        assertThat(asked).isEqualTo(before);
    }

    @Test
    void whatItCannotSayDependsOnTheModel() {
        assertThat(Requests.DIALECT.lacks(ALIAS))
                .containsExactlyInAnyOrder(Need.AUDIO, Need.CHOICES, Need.CUSTOM_TOOLS);
        assertThat(Requests.DIALECT.lacks("claude-fable-5")).contains(Need.FORCED_TOOL);
    }

    private static int maxTokens(Requests request, String model) {
        return request.body(model).path("max_tokens").intValue();
    }

    private static Sampling drawn(Double temperature, Double topP, Integer topK) {
        return new Sampling(null, temperature, topP, topK, List.of(), null);
    }
}
