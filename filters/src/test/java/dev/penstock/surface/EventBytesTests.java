package dev.penstock.surface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
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
                "'','',data: ||",
                "ping,'',event: ping|data: ||",
                "'',||,data: |data: |data: ||",
                "ü\uD800,x,event: ü?|data: x||"
            },
            quoteCharacter = '\'')
    void anEventHasALineForEachOfItsData(String event, String data, String written) {
        byte[] bytes =
                FlushedWrite.bytes(new Chunk(event, data.replace('|', '\n').getBytes(UTF_8), Chunk.Mark.SEMANTIC));
        assertThat(new String(bytes, UTF_8)).isEqualTo(written.replace('|', '\n'));
    }
}
