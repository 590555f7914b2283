package dev.penstock.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests for {@link OpenAiStream}. */
class OpenAiStreamTests {

    private final OpenAiStream stream = new OpenAiStream();
    private final List<Delta> deltas = new ArrayList<>();

    @Test
    void fragmentsBelongTogetherByIndexHoweverTheyInterleave() {
        call("{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}");
        call("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}");
        call("{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        call("{\"index\":0,\"function\":{\"arguments\":\"}\"}}");
        assertThat(deltas)
                .containsExactly(
                        new Delta.ToolStart(0, 0, "a", "f"),
                        new Delta.ToolStart(0, 1, "b", "g"),
                        new Delta.ToolArguments(0, 1, "{"),
                        new Delta.ToolArguments(0, 0, "{}"),
                        new Delta.ToolArguments(0, 1, "}"));
    }

    @Test
    void withoutIndexTheyBelongTogetherByIdElseToTheLast() {
        call("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}");
        call("{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"2\"}}");
        call("{\"id\":\"a\",\"function\":{\"arguments\":\"3\"}}");
        call("{\"function\":{\"arguments\":\"4\"}}");
        assertThat(deltas)
                .contains(new Delta.ToolArguments(0, 0, "3"), new Delta.ToolArguments(0, 1, "4"))
                .hasSize(6);
    }

    @Test
    void wholeCallsThatAllHaveIndexZeroStayApart() {
        call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        call("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        assertThat(deltas).contains(new Delta.ToolStart(0, 1, "b", "f"));
    }

    @Test
    void aCallBeginsWhenItsNameIsKnown() {
        call("{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\"}}");
        assertThat(deltas).isEmpty();
        call("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}");
        assertThat(deltas).containsExactly(new Delta.ToolStart(0, 0, "a", "f"), new Delta.ToolArguments(0, 0, "{}"));
        call("{\"index\":1,\"id\":\"b\",\"function\":{\"arguments\":\"{\"}}");
        assertThatThrownBy(() -> choice("\"delta\":{},\"finish_reason\":\"tool_calls\""))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void callsWithoutIdsOrWithTheSameGetTheirOwn() {
        call("{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        call("{\"index\":1,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        assertThat(deltas.stream().filter(Delta.ToolStart.class::isInstance).map(it -> ((Delta.ToolStart) it).id()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("call_"));
    }

    @Test
    void legacyFunctionCallsAreCalls() {
        choice("\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}");
        choice("\"delta\":{\"function_call\":{\"arguments\":\"{}\"}}");
        choice("\"delta\":{},\"finish_reason\":\"function_call\"");
        assertThat(deltas)
                .endsWith(new Delta.ToolArguments(0, 0, "{}"), new Delta.Finish(0, FinishReason.TOOL_CALLS, null));
    }

    @Test
    void signedReasoningKeepsItsSignature() {
        choice(
                "\"delta\":{\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]}");
        choice("\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"s\"}]}");
        choice("\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}");
        assertThat(deltas)
                .containsExactly(
                        new Delta.Reasoning(0, "hm"),
                        new Delta.Signature(0, "s", null),
                        new Delta.Signature(0, null, "x"));
    }

    @Test
    void contentMayBeAListAndFinishMayComeTwice() {
        choice("\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"t\"}]},"
                + "{\"type\":\"text\",\"text\":\"a\"}]}");
        choice("\"delta\":{\"refusal\":\"no\"},\"logprobs\":{\"content\":[]},\"finish_reason\":\"eos\"");
        choice("\"delta\":{},\"finish_reason\":\"stop\"");
        assertThat(deltas.get(0)).isEqualTo(new Delta.Reasoning(0, "t"));
        assertThat(deltas.get(1)).isEqualTo(new Delta.Text(0, "a"));
        assertThat(deltas.get(2)).isEqualTo(new Delta.Refusal(0, "no"));
        assertThat(deltas.get(3)).isInstanceOf(Delta.Logprobs.class);
        assertThat(deltas.subList(4, deltas.size())).containsExactly(new Delta.Finish(0, FinishReason.STOP, null));
        assertThat(stream.complete()).isTrue();
    }

    @Test
    void anEmptyFirstChunkDoesNotBegin() {
        read("{\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[]}");
        assertThat(deltas).isEmpty();
        read("{\"id\":\"i\",\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":9,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}");
        Usage usage = Usage.reported(5, 4).cached(5, 0, 0).reasoning(3);
        assertThat(deltas).containsExactly(new Delta.Begin("i", "m"), new Delta.Tokens(usage));
    }

    private void call(String fragment) {
        choice("\"delta\":{\"tool_calls\":[" + fragment + "]}");
    }

    private void choice(String members) {
        read("{\"choices\":[{\"index\":0," + members + "}]}");
        deltas.removeIf(Delta.Begin.class::isInstance);
    }

    private void read(String chunk) {
        stream.read(new Frame("", chunk.getBytes(StandardCharsets.UTF_8)), deltas::add);
    }
}
