package dev.penstock.provider.anthropic;

import static dev.penstock.provider.anthropic.Requests.assistant;
import static dev.penstock.provider.anthropic.Requests.call;
import static dev.penstock.provider.anthropic.Requests.json;
import static dev.penstock.provider.anthropic.Requests.result;
import static dev.penstock.provider.anthropic.Requests.system;
import static dev.penstock.provider.anthropic.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link Conversation}: the hard rules of PROVIDERS 4.2 and the table of 13.2. */
class ConversationTests {

    private static final String ALIAS = "k0123456789";
    private static final Part.Text SURE = new Part.Text("sure");

    @Test
    void leadingSystemTurnsAreJoinedIntoTheSystemField() {
        JsonNode body = Requests.of(system("one"), system("two"), user("hi")).body(ALIAS);
        assertThat(body.path("system").stringValue()).isEqualTo("one\n\ntwo");
        assertThat(body.path("messages")).isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'hi'}]}]"));
    }

    @Test
    void aLateSystemTurnJoinsTheSystemFieldWhereTheModelKnowsNoOther() {
        JsonNode body = Requests.of(system("one"), user("a"), assistant(SURE), user("b"), system("two"))
                .body("claude-sonnet-4-6");
        assertThat(body.path("system").stringValue()).isEqualTo("one\n\ntwo");
        assertThat(roles(body)).containsExactly("user", "assistant", "user");
    }

    @Test
    void aLateSystemTurnStaysBeforeAnAssistantAndAtTheEndWhereTheModelKnowsIt() {
        JsonNode body = Requests.of(user("a"), system("one"), assistant(SURE), user("b"), system("two"))
                .body("claude-opus-4-8");
        assertThat(roles(body)).containsExactly("user", "system", "assistant", "user", "system");
        assertThat(body.has("system")).isFalse();
    }

    @Test
    void aLateSystemTurnBeforeAUserTurnIsHoistedOnEveryModel() {
        JsonNode body = Requests.of(user("a"), assistant(SURE), system("late"), user("b"))
                .body("claude-opus-4-8");
        assertThat(body.path("system").stringValue()).isEqualTo("late");
        assertThat(roles(body)).containsExactly("user", "assistant", "user");
    }

    @Test
    void aConversationOfSystemTextAloneIsSentAsTheUsers() {
        JsonNode body = Requests.of(system("write a poem")).body(ALIAS);
        assertThat(body.has("system")).isFalse();
        assertThat(body.path("messages")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .stringValue())
                .isEqualTo("write a poem");
    }

    @Test
    void aConversationWithoutContentIsTheCallersMistake() {
        assertThatThrownBy(() -> Requests.of(user(" ")).body(ALIAS))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("'messages'");
    }

    @Test
    void neighboursOfOneRoleAreMergedAlsoOverATurnThatVanishes() {
        JsonNode body =
                Requests.of(user("a"), assistant(new Part.Text("")), user("b")).body(ALIAS);
        assertThat(roles(body)).containsExactly("user");
        assertThat(body.path("messages").path(0).path("content")).hasSize(2);
    }

    @Test
    void allResultsOfATurnStandInOneUserMessageBeforeItsText() {
        JsonNode messages = Requests.of(
                        user("weather?"),
                        assistant(call("a", "{}"), call("b", "{'x':1}".replace('\'', '"'))),
                        user("and hurry"),
                        result("a", "sun"),
                        result("b", "rain"))
                .messages(ALIAS);
        assertThat(messages).hasSize(3);
        assertThat(types(messages.path(2))).containsExactly("tool_result", "tool_result", "text");
        assertThat(messages.path(1).path("content").path(1).path("input")).isEqualTo(json("{'x':1}"));
    }

    @Test
    void aCallWithoutResultIsAnsweredByAnError() {
        JsonNode messages = Requests.of(user("?"), assistant(call("a", ""), call("b", "{}")), result("b", "rain"))
                .messages(ALIAS);
        assertThat(messages.path(2).path("content").path(1))
                .isEqualTo(json("{'type':'tool_result','tool_use_id':'a','content':'no result','is_error':true}"));
    }

    @Test
    void callsAtTheEndAreAnsweredByErrors() {
        JsonNode messages = Requests.of(user("?"), assistant(call("a", "{}"))).messages(ALIAS);
        assertThat(types(messages.path(2))).containsExactly("tool_result");
    }

    @Test
    void twoResultsOfOneCallBecomeOne() {
        JsonNode messages = Requests.of(user("?"), assistant(call("a", "{}")), result("a", "x"), result("a", "y"))
                .messages(ALIAS);
        assertThat(messages.path(2).path("content")).hasSize(1);
        assertThat(messages.path(2).path("content").path(0).path("content")).hasSize(2);
    }

    @Test
    void blankTextsAreLeftOutButATurnOfCallsAloneStays() {
        JsonNode messages = Requests.of(user("?"), assistant(new Part.Text("\n"), call("a", "{}")), result("a", "x"))
                .messages(ALIAS);
        assertThat(types(messages.path(1))).containsExactly("tool_use");
    }

    @Test
    void anEmptyResultHasNoContent() {
        JsonNode block = Requests.of(user("?"), assistant(call("a", "{}")), result("a", " "))
                .messages(ALIAS)
                .path(2)
                .path("content")
                .path(0);
        assertThat(block).isEqualTo(json("{'type':'tool_result','tool_use_id':'a'}"));
    }

    @Test
    void aResultKeepsImagesAndItsErrorMark() {
        Part image = new Part.Image("image/jpg", "AAAA", null, null);
        Turn failed = Turn.of(Turn.Role.TOOL, new Part.ToolResult("a", List.of(SURE, image), true));
        JsonNode block = Requests.of(user("?"), assistant(call("a", "{}")), failed)
                .messages(ALIAS)
                .path(2)
                .path("content")
                .path(0);
        assertThat(types(block)).containsExactly("text", "image");
        assertThat(block.path("is_error").booleanValue()).isTrue();
        assertThat(block.path("content")
                        .path(1)
                        .path("source")
                        .path("media_type")
                        .stringValue())
                .isEqualTo("image/jpeg");
    }

    @Test
    void signedThinkingGoesBackByteForByteBeforeTextAndCalls() {
        Part thought = new Part.Reasoning(" hm \n", "c2ln", null);
        Part secret = new Part.Reasoning("", null, "ZW5j");
        JsonNode message = Requests.of(user("?"), assistant(call("a", "{}"), SURE, thought, secret), result("a", "x"))
                .messages(ALIAS)
                .path(1);
        assertThat(types(message)).containsExactly("thinking", "redacted_thinking", "text", "tool_use");
        assertThat(message.path("content").path(0))
                .isEqualTo(json("{'type':'thinking','thinking':' hm \\n','signature':'c2ln'}"));
    }

    @Test
    void unsignedThinkingIsDropped() {
        Part unsigned = new Part.Reasoning("hm", null, null);
        Part empty = new Part.Reasoning("hm", "", null);
        JsonNode messages = Requests.of(user("?"), assistant(unsigned, empty, SURE), user("!"))
                .messages(ALIAS);
        assertThat(types(messages.path(1))).containsExactly("text");
    }

    @Test
    void argumentsThatAreNotAJsonObjectNameTheirField() {
        for (String wrong : List.of("{", "[]", "7")) {
            assertThatThrownBy(() ->
                            Requests.of(user("?"), assistant(call("a", wrong))).body(ALIAS))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("messages[1].tool_calls[0].function.arguments");
        }
    }

    @Test
    void idsOutsideTheAlphabetAreMappedTheSameWayForCallAndResult() {
        JsonNode messages = Requests.of(user("?"), assistant(call("functions.f:0", "{}")), result("functions.f:0", "x"))
                .messages(ALIAS);
        String id = messages.path(1).path("content").path(0).path("id").stringValue();
        assertThat(id).matches("[a-zA-Z0-9_-]+");
        assertThat(messages.path(2).path("content").path(0).path("tool_use_id").stringValue())
                .isEqualTo(id);
        assertThat(ToolIds.of("functions.f:1")).isNotEqualTo(id);
        assertThat(ToolIds.of("call_Ab-9")).isEqualTo("call_Ab-9");
    }

    @Test
    void aConversationThatBeginsWithTheAssistantGetsAUserTurnFirst() {
        assertThat(roles(Requests.of(assistant(SURE), user("b")).body(ALIAS)))
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void anAssistantTurnAtTheEndIsPrefillWhereTheModelKnowsIt() {
        Turn prefill = assistant(new Part.Text("{ \n"));
        JsonNode old = Requests.of(user("a"), prefill).messages("claude-sonnet-4-5");
        assertThat(old.path(1).path("content").path(0).path("text").stringValue())
                .isEqualTo("{");
        assertThat(roles(Requests.of(user("a"), prefill).body("claude-sonnet-4-6")))
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void imagesAndFilesBecomeTheirBlocks() {
        Turn turn = Turn.of(
                Turn.Role.USER,
                new Part.Image(null, null, "https://example.org/a.png", null),
                new Part.File("a.pdf", "application/pdf", "JVBERi0=", null, null),
                new Part.File("a.txt", "text/plain", "aGk=", null, null));
        assertThat(Requests.of(turn).messages(ALIAS).path(0).path("content"))
                .isEqualTo(json("[{'type':'image','source':{'type':'url','url':'https://example.org/a.png'}},"
                        + "{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
                        + "'data':'JVBERi0='},'title':'a.pdf'},"
                        + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'},"
                        + "'title':'a.txt'}]"));
    }

    @Test
    void aFileThatAnotherProviderHoldsIsRefused() {
        Turn turn = Turn.of(Turn.Role.USER, new Part.File(null, null, null, "file-1", null));
        assertThatThrownBy(() -> Requests.of(turn).body(ALIAS))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("messages[0].content");
    }

    private static List<String> roles(JsonNode body) {
        return body.path("messages")
                .valueStream()
                .map(message -> message.path("role").stringValue())
                .toList();
    }

    private static List<String> types(JsonNode message) {
        return message.path("content")
                .valueStream()
                .map(block -> block.path("type").stringValue())
                .toList();
    }
}
