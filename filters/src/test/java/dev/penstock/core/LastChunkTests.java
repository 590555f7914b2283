package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests for {@link LastChunk}. */
class LastChunkTests {

    private final LastChunk last = new LastChunk();

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] said(String text) {
        return bytes("{\"id\":\"1\",\"delta\":{\"content\":\"" + text + "\"},\"end\":null}");
    }

    private String read(byte[] next) {
        int length = last.text(next);
        return length < 0 ? "-" : last.text(next, length);
    }

    @Test
    void anotherTextInTheSamePlaceIsRead() {
        last.learn(said("Hello"), "Hello");
        assertThat(read(said("there"))).isEqualTo("there");
        assertThat(read(said(""))).isEmpty();
        assertThat(read(said(" a longer one, with [brackets]"))).isEqualTo(" a longer one, with [brackets]");
    }

    @Test
    void whatDiffersElsewhereOrIsWrittenOtherwiseIsNot() {
        last.learn(said("Hello"), "Hello");
        for (String other : new String[] {"line\\n", "a \\\"quote\\\"", "ü", "a\",\"b"}) {
            assertThat(read(said(other))).isEqualTo("-");
        }
        assertThat(read(bytes("{\"id\":\"2\",\"delta\":{\"content\":\"Hello\"},\"end\":null}")))
                .isEqualTo("-");
        assertThat(read(bytes("{\"id\":\"1\",\"delta\":{\"content\":\"Hello\"},\"end\":\"x\"}")))
                .isEqualTo("-");
        assertThat(read(bytes("{"))).isEqualTo("-");
    }

    @Test
    void aTextThatStandsThereTwiceIsNotLearned() {
        last.learn(said("id"), "id");
        assertThat(read(said("no"))).isEqualTo("-");
        last.learn(said(","), ",");
        assertThat(read(said("no"))).isEqualTo("-");
    }

    /** The member's name is where the text seems to be: a provider must not choose what is looked at. */
    @Test
    void aTextThatIsWrittenWithEscapesIsNotLearned() {
        last.learn(said("\\u0069d"), "id");
        assertThat(read(bytes("{\"xx\":\"1\",\"delta\":{\"content\":\"\\u0069d\"},\"end\":null}")))
                .isEqualTo("-");
        last.learn(said("wär"), "wär");
        assertThat(read(said("no"))).isEqualTo("-");
    }

    /** Jackson reads {@code C1 B1} as {@code q}. */
    @Test
    void aTextInAnotherEncodingIsNotLearned() {
        last.learn(overlong("q"), "q");
        assertThat(read(overlong("refusal"))).isEqualTo("-");
        byte[] wide = "{\"id\":1,\"content\":\"q\"}".getBytes(StandardCharsets.UTF_16BE);
        last.learn(wide, "q");
        assertThat(read(wide)).isEqualTo("-");
    }

    private static byte[] overlong(String name) {
        byte[] chunk = bytes("{\"delta\":{\"content\":\"??\",\"" + name + "\":\"hidden\"},\"end\":null}");
        for (int at = 0; at < chunk.length; at++) {
            if (chunk[at] == '?') {
                chunk[at] = (byte) 0xc1;
                chunk[++at] = (byte) 0xb1;
            }
        }
        return chunk;
    }

    @Test
    void whoNeverHasTheSameTwiceIsLeftAlone() {
        for (int i = 0; i < 8; i++) {
            assertThat(last.wanted()).isTrue();
            last.learn(said("Hello"), "Hello");
        }
        assertThat(last.wanted()).isFalse();
    }
}
