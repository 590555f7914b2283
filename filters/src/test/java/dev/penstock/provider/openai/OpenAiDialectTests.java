package dev.penstock.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.Turn;
import dev.penstock.core.Turn.Role;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.UpstreamRequest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link OpenAiDialect}. */
class OpenAiDialectTests {

    private final OpenAiDialect dialect = new OpenAiDialect();

    @Test
    void relaySetsTheModelInItsPlaceAndAsksStreamsForUsage() {
        ObjectNode sent =
                tree("{'a':1,'model':'x','stream':true,'stream_options':{'include_obfuscation':false},'z':1.10}");
        ObjectNode before = sent.deepCopy();
        assertThat(Json.LENIENT_DEPTH.text(dialect.relay(sent, "y", 0).body()))
                .isEqualTo(json("{'a':1,'model':'y','stream':true,"
                        + "'stream_options':{'include_obfuscation':false,'include_usage':true},'z':1.10}"));
        assertThat(sent).isEqualTo(before);
        assertThat(Json.LENIENT_DEPTH.text(
                        dialect.relay(tree("{'stream':false}"), "y", 0).body()))
                .isEqualTo(json("{'stream':false,'model':'y'}"));
    }

    @Test
    void anyTreeSurvivesReadingWritingAndRelay() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            ObjectNode body = Json.object();
            body.put("model", "m").set("any", random(random, 0));
            byte[] bytes = Json.LENIENT_DEPTH.write(body);
            ObjectNode read = (ObjectNode) Json.LENIENT_DEPTH.read(bytes);
            assertThat(Json.LENIENT_DEPTH.write(read)).as("seed %d", seed).isEqualTo(bytes);
            assertThat(Json.LENIENT_DEPTH.write(dialect.relay(read, "m", 0).body()))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aWholeRequestIsWritten() {
        ChatRequest request = new ChatRequest(
                List.of(
                        Turn.of(Role.SYSTEM, new Part.Text("s")),
                        new Turn(Role.USER, List.of(new Part.Text("u")), "bob")),
                List.of(new Tool("f", "d", tree("{'type':'object'}"), true), new Tool("g", null, null, null)),
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f")),
                false,
                new AnswerFormat.JsonSchema("n", null, tree("{}"), true),
                new Sampling(5, 0.5, 0.9, 40, List.of("a", "b", "c", "d", "e"), "low"),
                true,
                Map.of("seed", Json.object().numberNode(7)));
        UpstreamRequest written = dialect.encode(request, "m", 0);
        assertThat(written.path()).isEqualTo("/chat/completions");
        assertThat(written.ignored()).containsExactlyInAnyOrder("top_k", "stop");
        assertThat(Json.LENIENT_DEPTH.text(written.body()))
                .isEqualTo(json("{'model':'m','messages':[{'role':'system','content':'s'},"
                        + "{'role':'user','name':'bob','content':'u'}],"
                        + "'tools':[{'type':'function','function':{'name':'f','description':'d',"
                        + "'parameters':{'type':'object'},'strict':true}},{'type':'function','function':{'name':'g'}}],"
                        + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required',"
                        + "'tools':[{'type':'function','function':{'name':'f'}}]}},'parallel_tool_calls':false,"
                        + "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{},'strict':true}},"
                        + "'max_completion_tokens':5,'temperature':0.5,'top_p':0.9,'reasoning_effort':'low',"
                        + "'stop':['a','b','c','d'],'seed':7,'stream':true,'stream_options':{'include_usage':true}}"));
    }

    @Test
    void whatToolsShowFollowsTheirResults() {
        UpstreamRequest written = encode(
                Turn.of(
                        Role.ASSISTANT,
                        new Part.Reasoning("signed elsewhere", "sig", null),
                        new Part.Text("a"),
                        new Part.Text("b"),
                        new Part.ToolCall("1", "f", ""),
                        new Part.ToolCall("2", "g", "{}")),
                result("1", new Part.Text("x"), new Part.Image("image/png", "AA", null, null)),
                result("2", new Part.Text("y"), new Part.Text("z")),
                Turn.of(Role.USER, new Part.Text("u")));
        assertThat(written.body().path("messages"))
                .isEqualTo(Json.LENIENT_DEPTH.read(json("[{'role':'assistant','content':'ab','tool_calls':["
                        + "{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'2','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'1','content':'x'},"
                        + "{'role':'tool','tool_call_id':'2','content':'y\\nz'},"
                        + "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA'}}]},"
                        + "{'role':'user','content':'u'}]")));
        assertThat(written.ignored()).containsExactly("reasoning_details");
    }

    @Test
    void partsThatHaveAWordKeepItAndOthersAreNamed() {
        UpstreamRequest written = encode(Turn.of(
                Role.USER,
                new Part.Image(null, null, "https://a/b.png", "low"),
                new Part.Audio("wav", "AA"),
                new Part.File("a.pdf", "application/pdf", "AA", null, null),
                new Part.File(null, null, null, "file-1", null),
                new Part.File(null, null, null, null, "https://a/b.pdf"),
                new Part.Foreign("anthropic", tree("{'type':'search_result'}"))));
        assertThat(written.body().path("messages").path(0).path("content"))
                .isEqualTo(Json.LENIENT_DEPTH.read(
                        json("[{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'low'}},"
                                + "{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AA'}},"
                                + "{'type':'file','file':{'file_id':'file-1'}}]")));
        assertThat(written.ignored()).containsExactly("file", "search_result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'choices':{}}",
                "{'choices':[]}",
                "{'choices':[{'message':{'content':'a'}}]}",
                "{'choices':[{'message':{'content':'a'},'finish_reason':'error'}]}",
                "{'error':{'message':'m'},'choices':[{'message':{},'finish_reason':'stop'}]}"
            })
    void whatIsNoCompleteAnswerIsRefused(String body) {
        assertThatThrownBy(() -> dialect.decode(tree(body))).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> dialect.facts(tree(body))).isInstanceOf(DecodeException.class);
    }

    @Test
    void everythingAnAnswerHoldsIsRead() {
        ChatAnswer answer = dialect.decode(tree("{'id':'i','model':'m','error':null,'choices':["
                + "{'index':0,'message':{'content':null,'refusal':'no','reasoning_content':'hm'},'finish_reason':'stop'},"
                + "{'index':1,'message':{'content':'a','function_call':{'name':'f','arguments':'{}'}},"
                + "'logprobs':{'content':[]},'finish_reason':'function_call'},"
                + "{'index':2,'message':{'reasoning':'x','reasoning_details':[{'type':'reasoning.text','text':'x',"
                + "'signature':'s'}]},'finish_details':{'type':'max_tokens'}}]}"));
        assertThat(answer.choices().get(0).parts())
                .containsExactly(new Part.Reasoning("hm", null, null), new Part.Refusal("no"));
        assertThat(answer.choices().get(1).finish()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.choices().get(1).logprobs()).isNotNull();
        assertThat(answer.choices().get(2).parts()).containsExactly(new Part.Reasoning("x", "s", null));
        assertThat(answer.choices().get(2).finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.usage()).isNull();
    }

    private UpstreamRequest encode(Turn... turns) {
        return dialect.encode(ChatRequest.of(List.of(turns), null, Sampling.DEFAULT), "m", 0);
    }

    private static Turn result(String id, Part... parts) {
        return Turn.of(Role.TOOL, new Part.ToolResult(id, List.of(parts), false));
    }

    private static JsonNode random(Random random, int depth) {
        switch (random.nextInt(depth > 5 ? 5 : 7)) {
            case 0:
                return Json.object().numberNode(random.nextLong());
            case 1:
                return Json.LENIENT_DEPTH.read("%d.%03d0".formatted(random.nextInt(), random.nextInt(1000)));
            case 2:
                return Json.object().textNode(text(random));
            case 3:
                return Json.object().booleanNode(random.nextBoolean());
            case 4:
                return Json.object().nullNode();
            case 5:
                ArrayNode list = Json.object().arrayNode();
                random.ints(random.nextInt(4)).forEach(ignored -> list.add(random(random, depth + 1)));
                return list;
            default:
                ObjectNode object = Json.object();
                random.ints(random.nextInt(4)).forEach(ignored -> object.set(text(random), random(random, depth + 1)));
                return object;
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0xD800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append(random.nextBoolean() ? "\uD83D\uDE00" : "")
                .toString();
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json(json));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
