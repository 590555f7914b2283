package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.json;
import static dev.penstock.provider.anthropic.Requests.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import dev.penstock.provider.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link AnthropicTools}. */
class AnthropicToolsTests {

    private static final String ALIAS = "k0123456789";

    @Test
    void aToolKeepsItsSchemaAsGiven() {
        Tool asked =
                new Tool("f", " ", json("{'type':'object','properties':{'a':{'type':'integer','minimum':1}}}"), null);
        assertThat(Requests.hello().tools(asked).body(ALIAS).path("tools"))
                .isEqualTo(json("[{'name':'f','input_schema':{'type':'object',"
                        + "'properties':{'a':{'type':'integer','minimum':1}}}}]"));
    }

    @Test
    void aToolWithoutParametersGetsAnEmptyObject() {
        JsonNode body = Requests.hello().tools(new Tool("f", null, null, null)).body(ALIAS);
        assertThat(body.path("tools").path(0).path("input_schema"))
                .isEqualTo(json("{'type':'object','properties':{}}"));
    }

    @Test
    void strictToolsAreAdaptedWhereTheModelHoldsThem() {
        Tool strict = new Tool("f", null, json("{'type':'object','properties':{}}"), true);
        JsonNode held = Requests.hello()
                .tools(strict)
                .body("claude-haiku-4-5")
                .path("tools")
                .path(0);
        assertThat(held.path("strict").booleanValue()).isTrue();
        assertThat(held.path("input_schema").path("additionalProperties").booleanValue())
                .isFalse();
        UpstreamRequest old = Requests.hello().tools(strict).encode("claude-3-haiku-20240307");
        assertThat(old.body().path("tools").path(0).has("strict")).isFalse();
        assertThat(old.ignored()).containsExactly("tools.strict");
    }

    @Test
    void everyChoiceHasItsWord() {
        assertThat(choice(ToolChoice.of(Mode.AUTO))).isEqualTo(json("{'type':'auto'}"));
        assertThat(choice(ToolChoice.of(Mode.NONE))).isEqualTo(json("{'type':'none'}"));
        assertThat(choice(ToolChoice.of(Mode.REQUIRED))).isEqualTo(json("{'type':'any'}"));
        assertThat(choice(ToolChoice.named("g"))).isEqualTo(json("{'type':'tool','name':'g'}"));
    }

    @Test
    void anAllowedSubsetIsOfferedAlone() {
        JsonNode body = Requests.hello()
                .tools(tool("f"), tool("g"))
                .choice(new ToolChoice(Mode.REQUIRED, List.of("g")))
                .body(ALIAS);
        assertThat(body.path("tools")).hasSize(1);
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'any'}"));
    }

    @Test
    void oneCallAtATimeNeedsAChoiceAndGetsOne() {
        JsonNode body = Requests.hello().tools(tool("f")).oneCallAtATime().body(ALIAS);
        assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
        JsonNode none = Requests.hello()
                .tools(tool("f"))
                .choice(ToolChoice.of(Mode.NONE))
                .oneCallAtATime()
                .body(ALIAS);
        assertThat(none.path("tool_choice")).isEqualTo(json("{'type':'none'}"));
    }

    @Test
    void aModelThatCannotBeForcedMayChooseAmongTheNamedTools() {
        UpstreamRequest sent = Requests.hello()
                .tools(tool("f"), tool("g"))
                .choice(ToolChoice.named("g"))
                .encode("claude-fable-5");
        assertThat(sent.body().path("tools")).hasSize(1);
        assertThat(sent.body().path("tool_choice")).isEqualTo(json("{'type':'auto'}"));
        assertThat(sent.ignored()).containsExactly("tool_choice");
    }

    @Test
    void aChoiceWithoutToolsIsNotSent() {
        assertThat(Requests.hello()
                        .choice(ToolChoice.of(Mode.AUTO))
                        .oneCallAtATime()
                        .body(ALIAS)
                        .has("tool_choice"))
                .isFalse();
    }

    @Test
    void theReservedNameIsRefused() {
        assertThatThrownBy(() ->
                        Requests.hello().tools(tool("penstock_json_answer")).body(ALIAS))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("tools[0].function.name");
    }

    private static JsonNode choice(ToolChoice choice) {
        return Requests.hello()
                .tools(tool("f"), tool("g"))
                .choice(choice)
                .body(ALIAS)
                .path("tool_choice");
    }
}
