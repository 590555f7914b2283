package dev.penstock.surface.chat;

import static dev.penstock.surface.chat.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Part;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.Turn;
import dev.penstock.core.Turn.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ChatReader}. */
class ChatReaderTests {

    private static final String HELLO = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void everyFieldWithAPlaceInTheHubGetsThere() {
        ChatRequest request =
                read("{'model':'m'," + HELLO + ",'max_tokens':3,'max_completion_tokens':5,'temperature':1,"
                        + "'top_p':0.5,'top_k':4,'stop':'x','reasoning_effort':'low','parallel_tool_calls':false,'stream':true,"
                        + "'stream_options':{'include_usage':true},'response_format':{'type':'json_schema',"
                        + "'json_schema':{'name':'n','schema':{'type':'object'},'strict':true}},"
                        + "'seed':1,'n':1,'logprobs':false,'presence_penalty':0,'user':'u','metadata':null}");
        assertThat(request.sampling()).isEqualTo(new ChatRequest.Sampling(5, 1.0, 0.5, 4, List.of("x"), "low"));
        assertThat(request.parallelTools()).isFalse();
        assertThat(request.stream()).isTrue();
        assertThat(request.format()).isEqualTo(new AnswerFormat.JsonSchema("n", null, tree("{'type':'object'}"), true));
        assertThat(request.extras()).containsOnlyKeys("seed", "user");
    }

    @Test
    void everyKindOfTurnIsRead() {
        List<Turn> turns = read("{'messages':[{'role':'developer','content':'d'},"
                        + "{'role':'system','content':[{'type':'text','text':'s'}]},"
                        + "{'role':'user','name':'bob','content':[{'type':'text','text':'u'},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA','detail':'low'}},"
                        + "{'type':'image_url','image_url':{'url':'https://a/b'}},"
                        + "{'type':'input_audio','input_audio':{'data':'BB','format':'wav'}},"
                        + "{'type':'file','file':{'filename':'f','file_data':'data:application/pdf;base64,CC'}},"
                        + "{'type':'file','file':{'file_id':'id'}}]},"
                        + "{'role':'assistant','content':null,'refusal':'no'},"
                        + "{'role':'tool','tool_call_id':'1','content':[{'type':'text','text':'r'}]}]}")
                .turns();
        assertThat(turns)
                .containsExactly(
                        Turn.of(Role.SYSTEM, new Part.Text("d")),
                        Turn.of(Role.SYSTEM, new Part.Text("s")),
                        new Turn(
                                Role.USER,
                                List.of(
                                        new Part.Text("u"),
                                        new Part.Image("image/png", "AA", null, "low"),
                                        new Part.Image(null, null, "https://a/b", null),
                                        new Part.Audio("wav", "BB"),
                                        new Part.File("f", "application/pdf", "CC", null, null),
                                        new Part.File(null, null, null, "id", null)),
                                "bob"),
                        Turn.of(Role.ASSISTANT, new Part.Refusal("no")),
                        Turn.of(Role.TOOL, new Part.ToolResult("1", List.of(new Part.Text("r")), false)));
    }

    @Test
    void assistantsCallAndThink() {
        List<Part> parts = read("{'messages':[{'role':'assistant','content':'a','reasoning_content':'ab',"
                        + "'reasoning_details':[{'type':'reasoning.text','text':'a','index':0},"
                        + "{'type':'reasoning.text','text':'b','index':0},{'type':'reasoning.text','signature':'s','index':0},"
                        + "{'type':'reasoning.encrypted','data':'x','index':1}],"
                        + "'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'2','type':'custom','custom':{'name':'g','input':'i'}}]}]}")
                .turns()
                .get(0)
                .parts();
        assertThat(parts)
                .containsExactly(
                        new Part.Reasoning("ab", "s", null),
                        new Part.Reasoning("", null, "x"),
                        new Part.Text("a"),
                        new Part.ToolCall("1", "f", "{}"),
                        new Part.Foreign(
                                "openai", tree("{'id':'2','type':'custom','custom':{'name':'g','input':'i'}}")));
        assertThat(read("{'messages':[{'role':'assistant','content':'a','reasoning':'r'}]}")
                        .turns()
                        .get(0)
                        .parts())
                .startsWith(new Part.Reasoning("r", null, null));
    }

    @Test
    void legacyFunctionsAreTools() {
        ChatRequest request = read("{'functions':[{'name':'f','description':'d'}],'function_call':{'name':'f'},"
                + "'messages':[{'role':'user','content':'u'},"
                + "{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},"
                + "{'role':'function','name':'f','content':'r'}]}");
        assertThat(request.tools()).containsExactly(new Tool("f", "d", null, null));
        assertThat(request.toolChoice()).isEqualTo(ToolChoice.named("f"));
        assertThat(request.turns().get(1).parts()).containsExactly(new Part.ToolCall("call_1", "f", "{}"));
        assertThat(request.turns().get(2).parts())
                .containsExactly(new Part.ToolResult("call_1", List.of(new Part.Text("r")), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auto' | AUTO | ",
                "'none' | NONE | ",
                "'required' | REQUIRED | ",
                "{'type':'function','function':{'name':'f'}} | NAMED | f",
                "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':"
                        + "{'name':'f'}}]}} | AUTO | f",
                "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','name':'f'}]}}"
                        + " | REQUIRED | f",
            },
            quoteCharacter = '`')
    void everyToolChoiceIsRead(String choice, ToolChoice.Mode mode, String name) {
        ChatRequest request = read(
                "{" + HELLO + ",'tools':[{'type':'function','function':{'name':'f','parameters':{}}}],'tool_choice':"
                        + choice + "}");
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(mode, name == null ? List.of() : List.of(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | messages",
                "{'messages':{}} | messages",
                "{'messages':[]} | messages",
                "{'messages':['x']} | messages[0]",
                "{'messages':[{'content':'x'}]} | messages[0].role",
                "{'messages':[{'role':'narrator','content':'x'}]} | messages[0].role",
                "{'messages':[{'role':'user'}]} | messages[0].content",
                "{'messages':[{'role':'user','content':7}]} | messages[0].content",
                "{'messages':[{'role':'user','content':[{'text':'x'}]}]} | messages[0].content[0].type",
                "{'messages':[{'role':'user','content':[{'type':'text','text':1}]}]} | messages[0].content[0].text",
                "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:x'}}]}]}"
                        + " | messages[0].content[0].image_url.url",
                "{'messages':[{'role':'tool','content':'x'}]} | messages[0].tool_call_id",
                "{'messages':[{'role':'assistant','tool_calls':[{'id':'1','function':{}}]}]}"
                        + " | messages[0].tool_calls[0].function.name",
                "{'messages':[{'role':'user','content':'x'}],'temperature':'hot'} | temperature",
                "{'messages':[{'role':'user','content':'x'}],'max_tokens':1.5} | max_tokens",
                "{'messages':[{'role':'user','content':'x'}],'stop':[1]} | stop",
                "{'messages':[{'role':'user','content':'x'}],'tools':[{'type':'function'}]} | tools[0].function",
                "{'messages':[{'role':'user','content':'x'}],'tools':{}} | tools",
                "{'messages':[{'role':'user','content':'x'}],'tool_choice':'maybe'} | tool_choice",
                "{'messages':[{'role':'user','content':'x'}],'response_format':{'type':'xml'}} | response_format.type",
            })
    void whatIsMalformedIsNamedByItsPathAndNeverQuoted(String body, String path) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(GatewayException.class, it -> {
            assertThat(it.code()).isEqualTo(ErrorCode.REQUEST_INVALID);
            assertThat(it.told().param()).isEqualTo(path);
            assertThat(it.told().message()).startsWith("'" + path + "' ").doesNotContain("narrator", "hot", "maybe");
        });
    }

    private static ChatRequest read(String body) {
        return ChatReader.read(tree(body));
    }
}
