package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Part;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Facts;
import org.junit.jupiter.api.Test;

/** Tests for {@link AnthropicAnswer}. */
class AnthropicAnswerTests {

    @Test
    void blocksBecomePartsInTheirOrder() {
        ChatAnswer.Choice choice = choice(
                "tool_use",
                "{'type':'thinking','thinking':'hm','signature':'s'},{'type':'redacted_thinking','data':'ZW5j'},"
                        + "{'type':'text','text':'a','citations':[{'cited_text':'b'}]},"
                        + "{'type':'tool_use','id':'toolu_1','name':'f','input':{'x':1.10}},"
                        + "{'type':'tool_use','id':'toolu_2','name':'g'}");
        assertThat(choice.parts())
                .containsExactly(
                        new Part.Reasoning("hm", "s", null),
                        new Part.Reasoning("", null, "ZW5j"),
                        new Part.Text("a"),
                        new Part.ToolCall("toolu_1", "f", "{\"x\":1.10}"),
                        new Part.ToolCall("toolu_2", "g", "{}"));
        assertThat(choice.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void callsOfTheProvidersOwnToolsAreNotTheCallers() {
        ChatAnswer.Choice choice = choice(
                "end_turn",
                "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{}},{'type':'text','text':'a'}");
        assertThat(choice.parts()).noneMatch(Part.ToolCall.class::isInstance).contains(new Part.Text("a"));
        assertThat(choice.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void everyStopReasonHasItsWord() {
        String text = "{'type':'text','text':'a'}";
        assertThat(choice("end_turn", text).finish()).isEqualTo(FinishReason.STOP);
        assertThat(choice("pause_turn", text).finish()).isEqualTo(FinishReason.STOP);
        assertThat(choice("max_tokens", text).finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(choice("model_context_window_exceeded", text).finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(choice("refusal", text).finish()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(choice("brand_new", text).finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aCallMakesTheReasonUnlessTheAnswerWasCut() {
        String call = "{'type':'tool_use','id':'t','name':'f','input':{}}";
        assertThat(choice("end_turn", call).finish()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(choice("max_tokens", call).finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aSilentRefusalTellsItsExplanation() {
        ChatAnswer answer = Requests.DIALECT.decode(json("{'content':[],'stop_reason':'refusal',"
                + "'stop_details':{'type':'refusal','explanation':'It may not.'}}"));
        assertThat(answer.choices().get(0).parts()).containsExactly(new Part.Refusal("It may not."));
    }

    @Test
    void theJsonToolBecomesTextAndReplacesTheTextAroundIt() {
        ChatAnswer.Choice choice = choice(
                "tool_use",
                "{'type':'text','text':'Here:'},"
                        + "{'type':'tool_use','id':'t','name':'penstock_json_answer','input':{'a':1}}");
        assertThat(choice.parts()).containsExactly(new Part.Text("{\"a\":1}"));
        assertThat(choice.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aWrappedValueIsUnwrapped() {
        assertThat(choice(
                                "tool_use",
                                "{'type':'tool_use','id':'t','name':'penstock_json_answer_value','input':{'value':[1]}}")
                        .parts())
                .containsExactly(new Part.Text("[1]"));
    }

    @Test
    void aRealCallInsteadOfTheJsonToolIsPassedOn() {
        ChatAnswer.Choice choice = choice(
                "tool_use", "{'type':'text','text':'Let me see.'},{'type':'tool_use','id':'t','name':'f','input':{}}");
        assertThat(choice.parts()).containsExactly(new Part.Text("Let me see."), new Part.ToolCall("t", "f", "{}"));
        assertThat(choice.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void inputTokensHoldTheCachedOnes() {
        ChatAnswer answer = Requests.DIALECT.decode(json("{'content':[],'stop_reason':'end_turn','usage':{"
                + "'input_tokens':3,'cache_creation_input_tokens':7,'cache_read_input_tokens':20,'output_tokens':5,"
                + "'cache_creation':{'ephemeral_5m_input_tokens':5,'ephemeral_1h_input_tokens':2},"
                + "'output_tokens_details':{'thinking_tokens':4}}}"));
        assertThat(answer.usage())
                .isEqualTo(Usage.reported(30, 5).cached(20, 5, 2).reasoning(4));
    }

    @Test
    void factsAreReadWithoutTheContent() {
        Facts facts =
                Requests.DIALECT.facts(json("{'id':'msg_1','model':'claude-x','content':[],'stop_reason':'end_turn'}"));
        assertThat(facts).isEqualTo(new Facts("claude-x", "msg_1", null, "end_turn"));
    }

    @Test
    void whatIsNoWholeMessageFails() {
        for (String wrong : new String[] {
            "{'type':'error','error':{'type':'overloaded_error','message':'x'}}",
            "{'choices':[]}",
            "{'content':[],'stop_reason':null}",
            "[]"
        }) {
            assertThatThrownBy(() -> Requests.DIALECT.decode(json(wrong))).isInstanceOf(DecodeException.class);
            assertThatThrownBy(() -> Requests.DIALECT.facts(json(wrong))).isInstanceOf(DecodeException.class);
        }
    }

    private static ChatAnswer.Choice choice(String stopReason, String blocks) {
        return Requests.DIALECT
                .decode(json("{'type':'message','content':[" + blocks + "],'stop_reason':'" + stopReason + "'}"))
                .choices()
                .get(0);
    }
}
