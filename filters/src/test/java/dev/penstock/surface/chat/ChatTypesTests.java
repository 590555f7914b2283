package dev.penstock.surface.chat;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link ChatTypes}. */
class ChatTypesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"temperature\":\"hot\" | 'temperature' is a string (expected: a number)",
                "\"max_tokens\":\"5\" | 'max_tokens' is a string (expected: an integer)",
                "\"max_tokens\":1.5 | 'max_tokens' is a number (expected: an integer)",
                "\"seed\":99999999999999999999 | 'seed' is a number (expected: an integer)",
                "\"n\":\"2\" | 'n' is a string (expected: an integer from 1)",
                "\"n\":0 | 'n' is a number (expected: an integer from 1)",
                "\"stream\":\"yes\" | 'stream' is a string (expected: true or false)",
                "\"stream_options\":\"x\" | 'stream_options' is a string (expected: an object)",
                "\"stream_options\":{\"include_usage\":1} | 'stream_options.include_usage' is a number (expected: true or false)",
                "\"stop\":5 | 'stop' is a number (expected: a string, or a list of strings)",
                "\"stop\":[\"a\",1] | 'stop' is a list (expected: a string, or a list of strings)",
                "\"tools\":{} | 'tools' is an object (expected: a list)",
                "\"tools\":[{\"function\":7}] | 'tools[0].function' is a number (expected: an object)",
                "\"response_format\":\"json\" | 'response_format' is a string (expected: an object)",
            })
    void aWrongTypeIsNamed(String members, String message) {
        assertThatThrownBy(() -> check("{\"messages\":[]," + members + "}")).hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3 | 'messages[0]' is a number (expected: an object)",
                "{\"content\":\"x\"} | 'messages[0].role' is missing (expected: a string)",
                "{\"role\":5} | 'messages[0].role' is a number (expected: a string)",
                "{\"role\":\"user\",\"content\":5} | 'messages[0].content' is a number (expected: a string, or a list)",
                "{\"role\":\"user\",\"content\":[5]} | 'messages[0].content[0]' is a number (expected: an object)",
            })
    void aMessageIsHeldToItsTypes(String message, String told) {
        assertThatThrownBy(() -> check("{\"messages\":[" + message + "]}")).hasMessageEndingWith(told);
    }

    @Test
    void nullsAndUnknownFieldsPass() {
        assertThatCode(() -> check("{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"x\":1}],"
                        + "\"temperature\":null,\"tools\":null,\"max_tokens\":-1,\"top_x\":[{}]}"))
                .doesNotThrowAnyException();
    }

    private static void check(String body) {
        ChatTypes.check((ObjectNode) Json.LENIENT_DEPTH.read(body));
    }
}
