package dev.penstock.surface.chat;

import static dev.penstock.surface.chat.Trees.json;
import static dev.penstock.surface.chat.Trees.text;
import static dev.penstock.surface.chat.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link ChatWriter}. */
class ChatWriterTests {

    private final ChatWriter writer = new ChatWriter(new ChatHead("chatcmpl-r1", 7));
    private final List<Chunk> chunks = new ArrayList<>();

    @Test
    void oneHeadForAllAndTheRoleOnlyOnce() {
        write(new Delta.Begin("p", "m"), new Delta.Text(0, "a"), new Delta.Text(0, "b"), finish(FinishReason.STOP));
        assertThat(text(chunks.get(0).tree()))
                .isEqualTo(
                        json(
                                "{'id':'chatcmpl-r1','object':'chat.completion.chunk','created':7,'model':'m','choices':["
                                        + "{'index':0,'delta':{'role':'assistant','content':'a'},'logprobs':null,'finish_reason':null}]}"));
        assertThat(deltas())
                .containsExactly(tree("{'role':'assistant','content':'a'}"), tree("{'content':'b'}"), tree("{}"));
        assertThat(chunks).extracting(Chunk::mark).containsExactly(Mark.SEMANTIC, Mark.SEMANTIC, Mark.FINISH);
    }

    @Test
    void usageComesLastAndOnce() {
        write(new Delta.Begin("p", "m"), new Delta.Tokens(Usage.reported(5, 0)), new Delta.Text(0, "a"));
        write(finish(FinishReason.LENGTH), new Delta.Tokens(Usage.reported(5, 2)));
        assertThat(chunks).hasSize(2);
        writer.end(chunks::add);
        assertThat(chunks).hasSize(3);
        Chunk last = chunks.get(2);
        assertThat(last.mark()).isEqualTo(Mark.USAGE_ONLY);
        assertThat(last.tree().path("choices")).isEmpty();
        assertThat(last.tree().path("usage").path("total_tokens").intValue()).isEqualTo(7);
    }

    @Test
    void aCallBeginsWithIdAndNameAndEndsWithArguments() {
        write(
                new Delta.ToolStart(0, 0, "1", "f"),
                new Delta.ToolArguments(0, 0, ""),
                new Delta.ToolStart(0, 1, "2", "g"),
                new Delta.ToolArguments(0, 1, "nul"),
                new Delta.ToolArguments(0, 1, "l"),
                new Delta.ToolStart(0, 2, "3", "h"),
                new Delta.ToolArguments(0, 2, " "),
                new Delta.ToolArguments(0, 2, "{\"a\":"),
                new Delta.ToolArguments(0, 2, "null}"),
                finish(FinishReason.STOP));
        assertThat(deltas())
                .containsExactly(
                        tree("{'role':'assistant','tool_calls':[{'index':0,'id':'1','type':'function',"
                                + "'function':{'name':'f','arguments':''}}]}"),
                        tree("{'tool_calls':[{'index':1,'id':'2','type':'function',"
                                + "'function':{'name':'g','arguments':''}}]}"),
                        tree("{'tool_calls':[{'index':2,'id':'3','type':'function',"
                                + "'function':{'name':'h','arguments':''}}]}"),
                        tree("{'tool_calls':[{'index':2,'function':{'arguments':' {\\u0022a\\u0022:'}}]}"),
                        tree("{'tool_calls':[{'index':2,'function':{'arguments':'null}'}}]}"),
                        tree("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}"),
                        tree("{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}"),
                        tree("{}"));
        assertThat(reasons()).containsOnlyOnce("tool_calls");
    }

    @Test
    void everyChoiceEndsOnceAlsoWhenItsProviderNeverSaidSo() {
        write(new Delta.Text(1, "b"), new Delta.Text(0, "a"));
        write(new Delta.Finish(1, FinishReason.CONTENT_FILTER, null), new Delta.Finish(1, FinishReason.STOP, null));
        writer.end(chunks::add);
        assertThat(reasons()).containsExactly("", "", "content_filter", "stop");
        assertThat(chunks.get(1)
                        .tree()
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("role")
                        .asString())
                .isEqualTo("assistant");
    }

    @Test
    void reasoningIsReadableAndCanBeSentBack() {
        write(
                new Delta.Reasoning(0, "hm"),
                new Delta.Signature(0, "s", null),
                new Delta.Signature(0, null, "x"),
                new Delta.Reasoning(0, "so"));
        assertThat(deltas())
                .containsExactly(
                        tree("{'role':'assistant','reasoning_content':'hm',"
                                + "'reasoning_details':[{'type':'reasoning.text','text':'hm','index':0}]}"),
                        tree("{'reasoning_details':[{'type':'reasoning.text','signature':'s','index':0}]}"),
                        tree("{'reasoning_details':[{'type':'reasoning.encrypted','data':'x','index':1}]}"),
                        tree("{'reasoning_content':'so',"
                                + "'reasoning_details':[{'type':'reasoning.text','text':'so','index':2}]}"));
    }

    @Test
    void refusalsAndLogprobsKeepTheirPlaces() {
        write(new Delta.Refusal(0, "no"), new Delta.Logprobs(0, tree("{'content':[]}")));
        assertThat(deltas()).containsExactly(tree("{'role':'assistant','refusal':'no'}"), tree("{}"));
        assertThat(chunks.get(1).tree().path("choices").path(0).path("logprobs"))
                .isEqualTo(tree("{'content':[]}"));
    }

    private void write(Delta... deltas) {
        for (Delta delta : deltas) {
            writer.write(delta, chunks::add);
        }
    }

    private static Delta finish(FinishReason reason) {
        return new Delta.Finish(0, reason, null);
    }

    private List<JsonNode> deltas() {
        return chunks.stream()
                .map(it -> it.tree().path("choices").path(0).path("delta"))
                .toList();
    }

    private List<String> reasons() {
        return chunks.stream()
                .map(it ->
                        it.tree().path("choices").path(0).path("finish_reason").asString(""))
                .toList();
    }
}
