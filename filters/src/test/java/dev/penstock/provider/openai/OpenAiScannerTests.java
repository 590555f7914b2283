package dev.penstock.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.UpstreamError;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamScanner.Sight;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link OpenAiScanner}. */
class OpenAiScannerTests {

    private final OpenAiScanner scanner = new OpenAiScanner();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null} | PREAMBLE",
                "{\"content\":\"a\"} | SEMANTIC",
                "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]} | SEMANTIC",
                "{\"content\":[]} | PREAMBLE",
                "{\"refusal\":\"no\"} | SEMANTIC",
                "{\"reasoning_content\":\"hm\",\"content\":null} | SEMANTIC",
                "{\"reasoning\":\"hm\"} | SEMANTIC",
                "{\"reasoning_details\":[]} | PREAMBLE",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\"}}]} | SEMANTIC",
                "{\"tool_calls\":null} | PREAMBLE",
                "{\"function_call\":{\"name\":\"f\"}} | SEMANTIC",
                "{\"audio\":{\"data\":\"AA\"}} | SEMANTIC",
                "{\"extra_content\":{\"a\":[1,{\"content\":\"x\"}]}} | PREAMBLE",
                "null | PREAMBLE",
            })
    void aDeltaIsSemanticWhenItHoldsSomethingForTheCaller(String delta, Sight expected) {
        assertThat(look("{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}"))
                .isEqualTo(expected);
    }

    @Test
    void aChunkWithoutChoicesIsUsageOnlyWhenItHasUsage() {
        assertThat(look("{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}"))
                .isEqualTo(Sight.USAGE_ONLY);
        assertThat(scanner.usage().output()).isEqualTo(4);
        assertThat(look("{\"choices\":[],\"usage\":null,\"prompt_filter_results\":[{}]}"))
                .isEqualTo(Sight.PREAMBLE);
        assertThat(look("{\"moderation\":{}}")).isEqualTo(Sight.PREAMBLE);
    }

    @Test
    void usageOnTheFinishChunkOrFromGroqIsSeenToo() {
        assertThat(look("{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                        + "\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}}"))
                .isEqualTo(Sight.FINISH);
        assertThat(scanner.usage().input()).isEqualTo(3);
        assertThat(scanner.model()).isEqualTo("m");
        assertThat(scanner.complete()).isTrue();
        assertThat(scanner.closed()).isFalse();
    }

    @Test
    void everyChoiceThatBeganMustEnd() {
        look("{\"choices\":[{\"index\":0,\"delta\":{}},{\"index\":1,\"delta\":{}}]}");
        look("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(scanner.complete()).isFalse();
        look("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}");
        assertThat(scanner.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "[DONE] ", " [DONE]\t", "[DONE]x"})
    void theEndMarkerClosesTheStream(String data) {
        assertThat(look(data)).isEqualTo(Sight.END);
        assertThat(scanner.closed()).isTrue();
        assertThat(scanner.complete()).as("nothing came before it").isFalse();
    }

    @Test
    void theEndMarkerAloneCompletesAnAnswerThatBegan() {
        look("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}");
        look("[DONE]");
        assertThat(scanner.complete()).isTrue();
    }

    @Test
    void anErrorInsideTheStreamIsAFailure() {
        assertThatThrownBy(() -> look("{\"error\":{\"message\":\"m\",\"type\":\"server_error\",\"code\":null}}"))
                .isInstanceOfSatisfying(
                        StreamFailure.class,
                        it -> assertThat(it.error().kind()).isEqualTo(UpstreamError.Kind.UNAVAILABLE));
        Frame groq = frame("error", "{\"error\":{\"message\":\"m\",\"code\":\"tool_use_failed\",\"status_code\":400}}");
        assertThatThrownBy(() -> scanner.look(groq)).isInstanceOfSatisfying(StreamFailure.class, it -> {
            assertThat(it.error().kind()).isEqualTo(UpstreamError.Kind.BAD_GENERATION);
            assertThat(it.error().status()).isEqualTo(400);
        });
    }

    @Test
    void anErrorThatIsNullIsTakenOut() {
        Frame frame = frame("", "{\"id\":\"a\",\"error\":null,\"n\":1.10,\"choices\":[]}");
        assertThat(scanner.look(frame)).isEqualTo(Sight.PREAMBLE);
        assertThat(text(scanner.clean(frame))).isEqualTo("{\"id\":\"a\",\"n\":1.10,\"choices\":[]}");
        Frame next = frame("", "{\"id\":\"a\",\"choices\":[]}");
        scanner.look(next);
        assertThat(scanner.clean(next)).isSameAs(next);
    }

    @Test
    void aChunkOverSeveralLinesIsPutOnOne() {
        Frame frame = frame("", "{\"id\":\"a\",\n \"choices\":[]}");
        scanner.look(frame);
        assertThat(text(scanner.clean(frame))).isEqualTo("{\"id\":\"a\",\"choices\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "",
                "[1]",
                "\"a\"",
                "{\"choices\":[",
                "{\"choices\":[]}}",
                "{\"choices\":[]}{}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}"
            })
    void whatIsNoChunkIsRefused(String data) {
        assertThatThrownBy(() -> look(data)).isInstanceOf(DecodeException.class);
    }

    @Test
    void theGreaterUsageOfSeveralChunksCounts() {
        look("{\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}");
        look("{\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5}}");
        look("{\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":5}}");
        assertThat(scanner.usage().input()).isEqualTo(9);
        assertThat(scanner.usage().output()).isEqualTo(5);
    }

    private Sight look(String data) {
        return scanner.look(frame("", data));
    }

    private static Frame frame(String event, String data) {
        return new Frame(event, data.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Frame frame) {
        return new String(frame.data(), StandardCharsets.UTF_8);
    }

    /** Chunks that are like the one before are told from it: whatever comes after what, it is seen as if it came first. */
    @Test
    void whatCameBeforeMakesNoDifference() {
        String begin = "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{";
        String end = "},\"finish_reason\":null}]}";
        List<String> chunks = List.of(
                begin + "\"content\":\"Hello\"" + end,
                begin + "\"content\":\" you there\"" + end,
                begin + "\"content\":\"\"" + end,
                begin + "\"content\":\"a\\n\\\"b\"" + end,
                begin + "\"content\":\"gr\u00fc\u00df\"" + end,
                begin + "\"content\":\"a\",\"refusal\":\"b\"" + end,
                begin + "\"content\":\"a\",\"tool_calls\":[{\"index\":0}]" + end,
                begin + "\"content\":\"\",\"tool_calls\":[{\"index\":0}]" + end,
                begin + "\"role\":\"assistant\",\"content\":\"x\"" + end,
                begin + "\"content\":null" + end,
                begin + "\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
                begin + "\"content\":\"a\"},\"finish_reason\":null}],\"error\":null}",
                "{\"model\":\"m\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}",
                "\uFEFF" + begin + "\"content\":\"b\"" + end,
                "{\"choices\":[{\"delta\":{\"content\":\"b\"}},{\"index\":1,\"delta\":{\"content\":\"c\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"\"}}],\"usage\":{\"prompt_tokens\":3}}");
        for (String first : chunks) {
            for (String second : chunks) {
                OpenAiScanner both = new OpenAiScanner();
                both.look(frame(first));
                OpenAiScanner alone = new OpenAiScanner();
                assertThat(both.look(frame(second)))
                        .as("%s after %s", second, first)
                        .isEqualTo(alone.look(frame(second)));
                assertThat(both.said()).as("%s after %s", second, first).isEqualTo(alone.said());
                assertThat(both.clean(frame(second)).data())
                        .isEqualTo(alone.clean(frame(second)).data());
                assertThat(both.tellsUsage()).isEqualTo(alone.tellsUsage());
            }
        }
    }

    @Test
    void aTextWithACharacterThatJsonForbidsIsRefusedAlsoAfterOneLikeIt() {
        String begin = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
        scanner.look(frame(begin + "a\"}}]}"));
        assertThatThrownBy(() -> scanner.look(frame(begin + "\n\"}}]}"))).isInstanceOf(DecodeException.class);
        scanner.look(frame(begin + "a\"}}]}"));
        assertThatThrownBy(() -> scanner.look(frame(begin + "\"\"}}]}"))).isInstanceOf(DecodeException.class);
    }

    private static Frame frame(String data) {
        return new Frame("", data.getBytes(StandardCharsets.UTF_8));
    }
}
