package dev.penstock.surface.chat;

import static dev.penstock.surface.chat.Trees.json;
import static dev.penstock.surface.chat.Trees.text;
import static dev.penstock.surface.chat.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.ChatAnswer.Choice;
import dev.penstock.core.Chunk;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.FinishReason;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Part;
import dev.penstock.core.Told;
import dev.penstock.core.UpstreamError;
import dev.penstock.core.Usage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link ChatSurface}. */
class ChatSurfaceTests {

    private final ChatSurface surface = new ChatSurface(Clock.fixed(Instant.ofEpochSecond(1700000000), ZoneOffset.UTC));

    @Test
    void aWholeAnswerHasEveryRequiredKey() {
        Usage usage = Usage.reported(10, 7).cached(4, 1, 2).reasoning(3);
        Choice choice = new Choice(0, List.of(new Part.Text("a"), new Part.Text("b")), FinishReason.STOP, null, null);
        assertThat(text(surface.whole(new ChatAnswer("x", "m", List.of(choice), usage), "r1")))
                .isEqualTo(json("{'id':'chatcmpl-r1','object':'chat.completion','created':1700000000,'model':'m',"
                        + "'choices':[{'index':0,'message':{'role':'assistant','content':'ab','refusal':null},"
                        + "'logprobs':null,'finish_reason':'stop'}],"
                        + "'usage':{'prompt_tokens':10,'completion_tokens':7,'total_tokens':17,"
                        + "'prompt_tokens_details':{'cached_tokens':4,'cache_write_tokens':3,'audio_tokens':0},"
                        + "'completion_tokens_details':{'reasoning_tokens':3,'audio_tokens':0,"
                        + "'accepted_prediction_tokens':0,'rejected_prediction_tokens':0}}}"));
    }

    @Test
    void callsMakeTheContentNullAndTheReasonToolCalls() {
        ObjectNode whole = whole(
                FinishReason.STOP,
                new Part.Reasoning("hm", "s", null),
                new Part.Reasoning("", null, "x"),
                new Part.ToolCall("1", "f", ""),
                new Part.ToolCall("2", "g", "null"));
        assertThat(whole.path("choices").path(0))
                .isEqualTo(tree("{'index':0,'message':{'role':'assistant','content':null,'refusal':null,"
                        + "'reasoning_content':'hm','reasoning_details':["
                        + "{'type':'reasoning.text','text':'hm','index':0,'signature':'s'},"
                        + "{'type':'reasoning.encrypted','data':'x','index':1}],"
                        + "'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'2','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "'logprobs':null,'finish_reason':'tool_calls'}"));
        assertThat(reason(whole(FinishReason.LENGTH, new Part.ToolCall("1", "f", "{"))))
                .isEqualTo("length");
    }

    @Test
    void aRefusalIsNoContentAndNothingIsEmptyText() {
        ObjectNode refused = whole(FinishReason.STOP, new Part.Refusal("no"));
        assertThat(refused.path("choices").path(0).path("message"))
                .isEqualTo(tree("{'role':'assistant','content':null,'refusal':'no'}"));
        assertThat(whole(FinishReason.LENGTH).path("choices").path(0).path("message"))
                .isEqualTo(tree("{'role':'assistant','content':'','refusal':null}"));
    }

    @Test
    void usageAloneIsShownOnlyWhenAskedFor() {
        Chunk usage = Chunk.of("", tree("{'choices':[],'usage':{}}"), Chunk.Mark.USAGE_ONLY);
        Chunk text = Chunk.of("", tree("{'choices':[{}]}"), Chunk.Mark.SEMANTIC);
        assertThat(surface.shows(usage, asked("{'stream_options':{'include_usage':true}}")))
                .isTrue();
        assertThat(surface.shows(usage, asked("{'stream_options':{'include_usage':false}}")))
                .isFalse();
        assertThat(surface.shows(usage, asked("{'stream_options':null}"))).isFalse();
        assertThat(surface.shows(text, asked("{}"))).isTrue();
    }

    @Test
    void theReportIsAChunkWithoutChoices() {
        Chunk last = Chunk.of(
                "", tree("{'id':'c-1','object':'o','created':7,'model':'m','choices':[1]}"), Chunk.Mark.FINISH);
        Chunk report = surface.report(tree("{'attempts':1}"), last).orElseThrow();
        assertThat(text(report.tree()))
                .isEqualTo(json(
                        "{'id':'c-1','object':'o','created':7,'model':'m','choices':[],'x_penstock':{'attempts':1}}"));
        assertThat(surface.shows(report, asked("{}"))).isTrue();
    }

    @Test
    void anErrorHasAllFourKeysAndItsFields() {
        Told told = Told.NOTHING
                .with("scope", "team")
                .with("names", List.of("a"))
                .attempts(List.of(new Told.AttemptView("p", "m", 503, "unavailable", 12)));
        assertThat(text(surface.error(new GatewayException(ErrorCode.UPSTREAM_UNAVAILABLE, told), "r1")))
                .isEqualTo(json("{'error':{'message':'No provider could answer.','type':'api_error','param':null,"
                        + "'code':'upstream_unavailable','names':['a'],'scope':'team',"
                        + "'attempts':[{'provider':'p','model':'m','status':503,'reason':'unavailable','ms':12}]}}"));
        assertThat(surface.error(GatewayException.invalid("a.b", "is null", "a string"), "r1"))
                .isEqualTo(tree("{'error':{'message':'\\u0027a.b\\u0027 is null (expected: a string)',"
                        + "'type':'invalid_request_error','param':'a.b','code':'request_invalid'}}"));
    }

    @Test
    void theProvidersOwnWordsAreKept() {
        UpstreamError error =
                new UpstreamError(UpstreamError.Kind.CALLER, 422, "bad", "Too long.", "messages", "too_long", null);
        GatewayException failure = GatewayException.refused(error);
        assertThat(failure.status()).isEqualTo(422);
        assertThat(surface.error(failure, "r1"))
                .isEqualTo(tree("{'error':{'message':'Too long.','type':'bad','param':'messages','code':'too_long'}}"));
        UpstreamError silent = new UpstreamError(UpstreamError.Kind.NOT_FOUND, 404, "", "", null, null, null);
        assertThat(surface.error(GatewayException.refused(silent), "r1"))
                .isEqualTo(tree("{'error':{'message':'There is no such model.','type':'invalid_request_error',"
                        + "'param':null,'code':'model_unknown'}}"));
    }

    @Test
    void theTypeFollowsTheStatus() {
        assertThat(type(ErrorCode.KEY_UNKNOWN)).isEqualTo("authentication_error");
        assertThat(type(ErrorCode.MODEL_FORBIDDEN)).isEqualTo("permission_error");
        assertThat(type(ErrorCode.ROUTE_UNKNOWN)).isEqualTo("invalid_request_error");
        assertThat(type(ErrorCode.UPSTREAM_RATE_LIMITED)).isEqualTo("rate_limit_error");
        assertThat(type(ErrorCode.INTERNAL)).isEqualTo("api_error");
    }

    private String type(ErrorCode code) {
        return surface.error(new GatewayException(code, Told.NOTHING), "r1")
                .path("error")
                .path("type")
                .asString();
    }

    private ObjectNode whole(FinishReason finish, Part... parts) {
        Choice choice = new Choice(0, List.of(parts), finish, null, null);
        return surface.whole(new ChatAnswer("", "m", List.of(choice), null), "r1");
    }

    private static String reason(ObjectNode whole) {
        return whole.path("choices").path(0).path("finish_reason").asString();
    }

    private static Asked asked(String body) {
        return Asked.in("openai", "m", tree(body), Set.of(), true, read -> {
            throw new IllegalStateException("not needed");
        });
    }
}
