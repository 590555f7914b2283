package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.json;
import static dev.penstock.provider.anthropic.Requests.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link AnswerShape}. */
class AnswerShapeTests {

    private static final String OLD = "claude-3-5-haiku-20241022";
    private static final AnswerFormat POST = new AnswerFormat.JsonSchema(
            "post", null, json("{'type':'object','properties':{'a':{'type':'string','maxLength':9}}}"), true);
    private static final AnswerFormat LIST =
            new AnswerFormat.JsonSchema("list", null, json("{'type':'array','items':{'type':'string'}}"), true);

    @Test
    void aModelThatKnowsSchemasIsGivenTheAdaptedOne() {
        JsonNode body = Requests.hello().format(POST).body("claude-haiku-4-5");
        assertThat(body.path("output_config"))
                .isEqualTo(json("{'format':{'type':'json_schema','schema':{'type':'object','properties':{'a':"
                        + "{'type':'string','description':'{maxLength: 9}'}},'additionalProperties':false}}}"));
        assertThat(body.has("tools")).isFalse();
    }

    @Test
    void anUnknownNameIsTakenForAModelThatKnowsSchemas() {
        assertThat(Requests.hello().format(POST).body("house-model").has("output_config"))
                .isTrue();
    }

    @Test
    void anOpenSchemaStaysOpenUnlessTheCallerIsStrict() {
        AnswerFormat open = new AnswerFormat.JsonSchema("any", null, json("{'type':'object'}"), null);
        JsonNode body = Requests.hello().format(open).body("claude-haiku-4-5");
        assertThat(body.has("output_config")).isFalse();
        assertThat(body.path("tools").path(0).path("input_schema")).isEqualTo(json("{'type':'object'}"));
        AnswerFormat strict = new AnswerFormat.JsonSchema("any", null, json("{'type':'object'}"), true);
        assertThat(Requests.hello().format(strict).body("claude-haiku-4-5").has("output_config"))
                .isTrue();
    }

    @Test
    void anOlderModelMustCallAToolOfThatShape() {
        JsonNode body = Requests.hello().format(POST).body(OLD);
        assertThat(body.has("output_config")).isFalse();
        assertThat(body.path("tools").path(0).path("name").stringValue()).isEqualTo(JsonTool.NAME);
        assertThat(body.path("tool_choice"))
                .isEqualTo(json("{'type':'tool','name':'penstock_json_answer','disable_parallel_tool_use':true}"));
    }

    @Test
    void besideRealToolsTheModelMayCallEither() {
        JsonNode body = Requests.hello().format(POST).tools(tool("f")).body(OLD);
        assertThat(body.path("tools")).hasSize(2);
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'any'}"));
    }

    @Test
    void aForbiddenToolIsNotCalledForTheAnswer() {
        JsonNode body = Requests.hello()
                .format(POST)
                .tools(tool("f"))
                .choice(ToolChoice.of(Mode.NONE))
                .body(OLD);
        assertThat(body.path("tool_choice").path("name").stringValue()).isEqualTo(JsonTool.NAME);
    }

    @Test
    void aCallerThatForcesItsOwnToolGetsThatAlone() {
        JsonNode body = Requests.hello()
                .format(POST)
                .tools(tool("f"))
                .choice(ToolChoice.named("f"))
                .body(OLD);
        assertThat(body.path("tools")).hasSize(1);
        assertThat(body.path("tool_choice").path("name").stringValue()).isEqualTo("f");
    }

    @Test
    void aRootThatIsNoObjectIsWrappedInATool() {
        JsonNode asked = Requests.hello()
                .format(LIST)
                .body("claude-haiku-4-5")
                .path("tools")
                .path(0);
        assertThat(asked.path("name").stringValue()).isEqualTo(JsonTool.VALUE_NAME);
        assertThat(asked.path("input_schema"))
                .isEqualTo(json("{'type':'object','additionalProperties':false,'properties':{'value':"
                        + "{'type':'array','items':{'type':'string'}}},'required':['value']}"));
    }

    @Test
    void anyJsonObjectIsAskedForInWords() {
        JsonNode body = Requests.of(Requests.system("Be brief."), Requests.user("hi"))
                .format(new AnswerFormat.JsonObject())
                .body(OLD);
        assertThat(body.path("system").stringValue())
                .startsWith("Be brief.\n\n")
                .contains("JSON object");
    }
}
