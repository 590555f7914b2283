package dev.penstock.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.UpstreamError.Kind;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link AnthropicStream}. */
class AnthropicStreamTests {

    private static final String START =
            "{'type':'message_start','message':{'id':'msg_1','model':'claude-x','usage':{'input_tokens':43,'output_tokens':1}}}";
    private static final String TEXT =
            "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}";
    private static final String HI =
            "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'hi'}}";
    private static final String CLOSE = "{'type':'content_block_stop','index':0}";
    private static final String PING = "{'type': 'ping'}";
    private static final String STOP = "{'type':'message_stop'}";

    private final StreamReader reader = Requests.DIALECT.reader();

    @Test
    void aTextStreamIsToldInOrderAndFinishesAtItsLastEvent() {
        assertThat(deltas(PING, START, TEXT, PING, HI, CLOSE, end("end_turn"), PING, STOP))
                .containsExactly(
                        new Delta.Begin("msg_1", "claude-x"),
                        new Delta.Tokens(Usage.reported(43, 1)),
                        new Delta.Text(0, "hi"),
                        new Delta.Tokens(Usage.reported(61, 9)),
                        new Delta.Finish(0, FinishReason.STOP, null));
        assertThat(reader.complete()).isTrue();
        assertThat(reader.closed()).isTrue();
    }

    @Test
    void aStreamWithoutItsLastEventIsCutAndTellsNoFinish() {
        assertThat(deltas(START, TEXT, HI, CLOSE, end("end_turn"))).noneMatch(Delta.Finish.class::isInstance);
        assertThat(reader.complete()).isFalse();
    }

    @Test
    void aLastEventWithoutStopReasonIsNoEnd() {
        assertThat(deltas(START, TEXT, HI, STOP)).noneMatch(Delta.Finish.class::isInstance);
        assertThat(reader.complete()).isFalse();
    }

    @Test
    void callsAreCountedFromZeroAndHaveArguments() {
        Streams.Folded folded = fold(
                START,
                TEXT,
                HI,
                CLOSE,
                tool(1, "f"),
                json(1, ""),
                "{'type':'content_block_stop','index':1}",
                tool(2, "g"),
                json(2, "{\\'a\\'"),
                json(2, ":1}"),
                end("tool_use"),
                STOP);
        assertThat(folded.calls()).containsExactly("f {}", "g {\"a\":1}");
        assertThat(folded.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void argumentsThatWereCutStayAsTheyCame() {
        Streams.Folded folded = fold(START, tool(0, "f"), json(0, "{\\'a"), end("max_tokens"), STOP);
        assertThat(folded.calls()).containsExactly("f {\"a");
        assertThat(folded.finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void thinkingIsToldWithItsSignatureAndEncryptedThinkingWhole() {
        assertThat(
                        deltas(
                                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'hm'}}",
                                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'s1'}}",
                                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'s2'}}",
                                CLOSE,
                                "{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'ZW5j'}}"))
                .containsExactly(
                        new Delta.Reasoning(0, "hm"),
                        new Delta.Signature(0, "s1s2", null),
                        new Delta.Signature(0, null, "ZW5j"));
    }

    @Test
    void blocksOfTheProvidersOwnToolsAreNotTheCallers() {
        assertThat(fold(
                                START,
                                "{'type':'content_block_start','index':0,'content_block':{'type':'server_tool_use','id':'s','name':'web_search','input':{}}}",
                                json(0, "{}"),
                                CLOSE,
                                end("end_turn"),
                                STOP)
                        .calls())
                .isEmpty();
    }

    @Test
    void aSecondStartAndMissingStopsAreSurvived() {
        Streams.Folded folded = fold(START, TEXT, HI, START, TEXT, HI, tool(1, "f"), end("tool_use"), STOP);
        assertThat(folded.text()).isEqualTo("hihi");
        assertThat(folded.calls()).containsExactly("f {}");
        assertThat(folded.complete()).isTrue();
    }

    @Test
    void aDeltaWithoutStartStillCounts() {
        assertThat(fold(START, HI, end("end_turn"), STOP).text()).isEqualTo("hi");
    }

    @Test
    void unknownEventsAndDeltasArePassedOver() {
        Streams.Folded folded = fold(
                START,
                "{'type':'brand_new','x':1}",
                TEXT,
                "{'type':'content_block_delta','index':0,'delta':{'type':'citations_delta','citation':{'title':'t'}}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'brand_new_delta'}}",
                HI,
                end("end_turn"),
                STOP);
        assertThat(folded.text()).isEqualTo("hi");
    }

    @Test
    void theJsonToolIsStreamedAsText() {
        Streams.Folded folded =
                fold(START, tool(0, JsonTool.NAME), json(0, "{\\'a\\'"), json(0, ":1}"), CLOSE, end("tool_use"), STOP);
        assertThat(folded.text()).isEqualTo("{\"a\":1}");
        assertThat(folded.calls()).isEmpty();
        assertThat(folded.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aWrappedValueIsUnwrappedAtItsEnd() {
        Streams.Folded folded = fold(
                START, tool(0, JsonTool.VALUE_NAME), json(0, "{\\'value\\':"), json(0, "[1]}"), end("tool_use"), STOP);
        assertThat(folded.text()).isEqualTo("[1]");
    }

    @Test
    void aSilentRefusalTellsItsExplanation() {
        assertThat(deltas(
                        "{'type':'message_delta','delta':{'stop_reason':'refusal','stop_details':{'explanation':'No.'}}}",
                        STOP))
                .containsExactly(new Delta.Refusal(0, "No."), new Delta.Finish(0, FinishReason.CONTENT_FILTER, null));
    }

    @Test
    void anErrorEventFailsTheStream() {
        assertThatThrownBy(() ->
                        deltas(START, "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}"))
                .isInstanceOfSatisfying(
                        StreamFailure.class,
                        failure -> assertThat(failure.error().kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void whatIsNoJsonObjectIsNotAnEvent() {
        for (String wrong : List.of("[DONE]", "[]", "{", "")) {
            Frame frame = new Frame("message_start", wrong.getBytes());
            assertThatThrownBy(() -> reader.read(frame, delta -> {})).isInstanceOf(DecodeException.class);
        }
    }

    private List<Delta> deltas(String... events) {
        return Streams.deltas(reader, Streams.events(events));
    }

    private Streams.Folded fold(String... events) {
        List<Delta> deltas = deltas(events);
        return Streams.fold(deltas, reader.complete());
    }

    private static String end(String reason) {
        return "{'type':'message_delta','delta':{'stop_reason':'" + reason
                + "','stop_sequence':null},'usage':{'input_tokens':61,'cache_read_input_tokens':null,'output_tokens':9}}";
    }

    private static String tool(int index, String name) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':{'type':'tool_use','id':'toolu_"
                + index + "','name':'" + name + "','input':{}}}";
    }

    private static String json(int index, String fragment) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':{'type':'input_json_delta','partial_json':'"
                + fragment + "'}}";
    }
}
