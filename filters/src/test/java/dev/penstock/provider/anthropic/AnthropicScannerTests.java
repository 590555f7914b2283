package dev.penstock.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamScanner;
import dev.penstock.provider.StreamScanner.Sight;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests for {@link AnthropicScanner}. */
class AnthropicScannerTests {

    private final StreamScanner scanner = Requests.DIALECT.scanner();

    @Test
    void everyEventHasItsSight() {
        assertThat(look("{'type':'message_start','message':{'model':'claude-x','content':[],"
                        + "'usage':{'input_tokens':43,'output_tokens':1}}}"))
                .isEqualTo(Sight.PREAMBLE);
        assertThat(look("{'type': 'ping'}")).isEqualTo(Sight.PREAMBLE);
        assertThat(look("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}"))
                .isEqualTo(Sight.PREAMBLE);
        assertThat(look("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'hi'}}"))
                .isEqualTo(Sight.SEMANTIC);
        assertThat(look("{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','name':'f'}}"))
                .isEqualTo(Sight.SEMANTIC);
        assertThat(look("{'type':'brand_new','list':[{'a':[1]}],'usage':null}")).isEqualTo(Sight.PREAMBLE);
        assertThat(look("{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                        + "'usage':{'input_tokens':61,'output_tokens':9}}"))
                .isEqualTo(Sight.FINISH);
        assertThat(scanner.complete()).isFalse();
        assertThat(look("{'type':'message_stop'}")).isEqualTo(Sight.FINISH);
        assertThat(scanner.complete()).isTrue();
        assertThat(scanner.closed()).isTrue();
        assertThat(scanner.model()).isEqualTo("claude-x");
        assertThat(scanner.usage()).isEqualTo(Usage.reported(61, 9));
    }

    @Test
    void aStreamThatStopsWithoutReasonIsClosedButNotComplete() {
        look("{'type':'message_delta','delta':{'stop_reason':null}}");
        look("{'type':'message_stop'}");
        assertThat(scanner.closed()).isTrue();
        assertThat(scanner.complete()).isFalse();
    }

    @Test
    void anErrorEventFails() {
        assertThatThrownBy(() -> look("{'error':{'type':'overloaded_error','message':'x'},'type':'error'}"))
                .isInstanceOfSatisfying(
                        StreamFailure.class,
                        failure -> assertThat(failure.error().type()).isEqualTo("overloaded_error"));
    }

    @Test
    void whatIsNoJsonObjectIsNotAnEvent() {
        for (String wrong : new String[] {"[DONE]", "[]", "{\"type\":\"ping\"", "{\"delta\":{\"text\":\"a", ""}) {
            Frame frame = new Frame("ping", wrong.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> scanner.look(frame)).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void anEventTravelsAsItIs() {
        Frame frame = Streams.events("{'type': 'ping'}   ").get(0);
        scanner.look(frame);
        assertThat(scanner.clean(frame)).isSameAs(frame);
    }

    @Test
    void aNamelessEventGetsItsNameAndSeveralLinesBecomeOne() {
        Frame frame = new Frame("", "{\"type\":\n\"ping\"}".getBytes(StandardCharsets.UTF_8));
        scanner.look(frame);
        Frame clean = scanner.clean(frame);
        assertThat(clean.event()).isEqualTo("ping");
        assertThat(new String(clean.data(), StandardCharsets.UTF_8)).isEqualTo("{\"type\": \"ping\"}");
    }

    private Sight look(String event) {
        return scanner.look(Streams.events(event).get(0));
    }
}
