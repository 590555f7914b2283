package dev.penstock.surface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link EventBytes}. */
class EventBytesTests {

    /** Line breaks stand as {@code |} here. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "'',{},data: {}||",
                "error,{\"a\":\"ü\"},event: error|data: {\"a\":\"ü\"}||",
                "'',one|two|,data: one|data: two|data: ||",
                "'','',data: ||"
            },
            quoteCharacter = '\'')
    void anEventHasALineForEachOfItsData(String event, String data, String written) {
        byte[] bytes = new EventBytes().of(event, data.replace('|', '\n').getBytes(UTF_8));
        assertThat(new String(bytes, UTF_8)).isEqualTo(written.replace('|', '\n'));
    }
}
