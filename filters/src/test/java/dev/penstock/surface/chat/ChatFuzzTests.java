package dev.penstock.surface.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.provider.anthropic.AnthropicDialect;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.testing.Fuzz;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends as a chat request is read or refused. */
class ChatFuzzTests {

    private static final Json JSON = new Json(64);

    private final OpenAiDialect openai = new OpenAiDialect();
    private final AnthropicDialect anthropic = new AnthropicDialect(Clock.systemUTC());

    @Test
    void aRequestIsReadOrRefusedAndSoIsItsTranslation() {
        Fuzz.of("chat", GatewayException.class).run(1_500, input -> {
            Asked asked = ChatBody.read(input, JSON, "default");
            byte[] again = JSON.write(asked.body());
            assertThat(ChatBody.read(again, JSON, "default").body()).isEqualTo(asked.body());
            openai.relay(asked.body(), "m", 1);
            anthropic.encode(asked.hub(), "claude-haiku-4-5", 1);
            openai.encode(asked.hub(), "m", 1);
        });
    }
}
