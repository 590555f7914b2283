package dev.penstock.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link ToolUse}, through the wire. */
class ToolUseTests {

    private static final String TOOLS =
            "'tools':[{'type':'function','function':{'name':'get_weather','description':'Forecast for "
                    + "a town','parameters':{'type':'object','properties':{'city':{'type':'string'},'unit':{'enum':['c','f']}},"
                    + "'required':['city','unit'],'additionalProperties':false}}},{'type':'function','function':{'name':'send_mail',"
                    + "'parameters':{'type':'object','properties':{'to':{'type':'string','format':'email'}}}}}]";

    @Test
    void aQuestionThatSharesAWordWithAToolCallsIt() {
        JsonNode choice = ask("What is the weather in Lisbon?", "").choice();
        assertThat(Json.string(choice, "finish_reason")).isEqualTo("tool_calls");
        JsonNode call = choice.path("message").path("tool_calls").path(0);
        assertThat(Json.string(call, "id")).startsWith("call_mock_");
        assertThat(Json.string(call.path("function"), "name")).isEqualTo("get_weather");
        JsonNode arguments = Json.LENIENT_DEPTH.read(Json.string(call.path("function"), "arguments"));
        assertThat(Json.string(arguments, "city")).isEqualTo("Lisbon");
        assertThat(Json.string(arguments, "unit")).isIn("c", "f");
    }

    @Test
    void aQuestionThatSharesNoneIsAnsweredInWords() {
        assertThat(ask("Sing a song", "").content()).contains("Sing a song");
    }

    @Test
    void aDescriptionCountsToo() {
        assertThat(names(ask("Any forecast?", ""))).isEqualTo("get_weather");
    }

    @Test
    void twoToolsAreCalledAtOnceUnlessThatIsForbidden() {
        String both = "Get the weather and send a mail";
        assertThat(names(ask(both, ""))).isEqualTo("get_weather,send_mail");
        assertThat(names(ask(both, ",'parallel_tool_calls':false"))).isEqualTo("get_weather");
    }

    @Test
    void theChoiceForcesAndForbids() {
        assertThat(names(ask("Sing", ",'tool_choice':'required'"))).isEqualTo("get_weather");
        assertThat(names(ask("Sing", ",'tool_choice':{'type':'function','function':{'name':'send_mail'}}")))
                .isEqualTo("send_mail");
        assertThat(names(ask("weather", ",'tool_choice':'none'"))).isEmpty();
    }

    @Test
    void theNameToolCallCallsTheFirstTool() {
        String body = "{'messages':[{'role':'user','content':'Sing'}]," + TOOLS + "}";
        assertThat(names(Played.of("tool-call", body))).isEqualTo("get_weather");
    }

    @Test
    void aResultIsUsedInTheAnswer() {
        String messages =
                "{'messages':[{'role':'user','content':'weather in Rome'},{'role':'assistant','tool_calls':[{'id':'c1',"
                        + "'type':'function','function':{'name':'get_weather','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'21 degrees'}],";
        assertThat(Played.of("x", messages + TOOLS + "}").content())
                .contains("get_weather")
                .contains("21 degrees");
    }

    @Test
    void aStreamedCallAddsUpToTheSameArguments() {
        Played stream = ask("weather in Oslo", ",'stream':true");
        String arguments = stream.chunks().stream()
                .map(chunk -> chunk.path("choices")
                        .path(0)
                        .path("delta")
                        .path("tool_calls")
                        .path(0))
                .map(call -> Json.string(call.path("function"), "arguments"))
                .collect(Collectors.joining());
        JsonNode whole = ask("weather in Oslo", "")
                .choice()
                .path("message")
                .path("tool_calls")
                .path(0);
        assertThat(arguments).isEqualTo(Json.string(whole.path("function"), "arguments"));
        assertThat(stream.text()).contains("\"finish_reason\":\"tool_calls\"");
    }

    private static Played ask(String text, String more) {
        return Played.of("x", "{'messages':[{'role':'user','content':'" + text + "'}]," + TOOLS + more + "}");
    }

    private static String names(Played played) {
        return played.choice()
                .path("message")
                .path("tool_calls")
                .valueStream()
                .map(call -> Json.string(call.path("function"), "name"))
                .collect(Collectors.joining(","));
    }
}
