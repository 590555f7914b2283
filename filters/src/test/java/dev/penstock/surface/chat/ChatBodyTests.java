package dev.penstock.surface.chat;

import static dev.penstock.surface.chat.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Need;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ChatBody} and {@link ChatNeeds}. */
class ChatBodyTests {

    private static final Json JSON = new Json(8);

    @Test
    void whatTheGatewayActsOnIsRead() {
        Asked asked = read("{'model':'a/b','messages':[],'stream':true,'unknown':{}}", "");
        assertThat(asked.model()).isEqualTo("a/b");
        assertThat(asked.stream()).isTrue();
        assertThat(asked.dialect()).isEqualTo("openai");
        assertThat(asked.body().has("unknown")).isTrue();
        assertThat(read("{'messages':[]}", "route").namedModel()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | body | is empty",
                "secret | body | line 1, column",
                "{'messages':[],'secret':1,#'secret':2} | body | line 2, column",
                "{'messages':[],'model':'secret'} x | body | line 1, column",
                "{'a':[[[[[[[[[['secret']]]]]]]]]]} | body | nested too deep",
                "['secret'] | body | is a list",
                "{'messages':[]} | model | is missing",
                "{'model':'','messages':[]} | model | is empty",
                "{'model':7,'messages':[]} | model | is a number",
                "{'model':'m'} | messages | is missing",
                "{'model':'m','messages':'secret'} | messages | is a string",
                "{'model':'m','messages':[],'stream':'secret'} | stream | is a string",
                "{'model':'m','messages':[],'temperature':1e400000} | body | is not JSON",
            })
    void whatIsWrongIsNamedWithItsPlaceAndNeverQuoted(String body, String param, String found) {
        String sent = body.replace('#', '\n');
        assertThatThrownBy(() -> read(sent, "")).isInstanceOfSatisfying(GatewayException.class, it -> {
            assertThat(it.status()).isEqualTo(400);
            assertThat(it.told().param()).isEqualTo(param);
            assertThat(it.told().message()).contains(found).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'n':1,'response_format':{'type':'json_object'},'tools':[] | ``",
                "'n':2 | CHOICES",
                "'response_format':{'type':'json_schema'} | JSON_SCHEMA",
                "'tools':[{'type':'function'}],'tool_choice':'auto' | TOOLS",
                "'tools':[{'type':'function'}],'tool_choice':'required' | TOOLS,FORCED_TOOL",
                "'tools':[{'type':'function'}],'tool_choice':{'type':'function'} | TOOLS,FORCED_TOOL",
                "'tools':[{}],'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto'}} | TOOLS",
                "'functions':[{}],'function_call':{'name':'f'} | TOOLS,FORCED_TOOL",
                "'tools':[{'type':'custom'}] | TOOLS,CUSTOM_TOOLS",
                "'modalities':['text','audio'] | AUDIO",
            })
    void needsAreSeen(String members, String needs) {
        assertThat(read("{'model':'m','messages':[{'role':'user','content':'x'}]," + members + "}", "")
                        .needs())
                .isEqualTo(needs(needs));
    }

    @Test
    void needsOfPartsAreSeen() {
        assertThat(read(
                                "{'model':'m','messages':[{'role':'user','content':[{'type':'text'},{'type':'image_url'}]},"
                                        + "{'role':'user','content':[{'type':'input_audio'},{'type':'file'}]}]}",
                                "")
                        .needs())
                .isEqualTo(Set.of(Need.IMAGES, Need.AUDIO, Need.FILES));
    }

    private static Set<Need> needs(String names) {
        return names.isEmpty()
                ? Set.of()
                : Arrays.stream(names.split(",")).map(Need::valueOf).collect(Collectors.toSet());
    }

    private static Asked read(String body, String routeModel) {
        return ChatBody.read(json(body).getBytes(StandardCharsets.UTF_8), JSON, routeModel);
    }
}
