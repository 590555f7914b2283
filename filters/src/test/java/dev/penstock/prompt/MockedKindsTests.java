package dev.penstock.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.ChatRequest;
import dev.penstock.core.Json;
import dev.penstock.prompt.fit.Fit;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.provider.mock.MockOptions;
import dev.penstock.provider.mock.MockScript;
import dev.penstock.provider.mock.Move;
import dev.penstock.provider.openai.OpenAiDialect;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What the mock writes for the shipped kinds' prompts fits the kinds, whatever ordinary words of one line are asked about. */
class MockedKindsTests {

    private static final MockScript MOCK = new MockScript(Clock.systemUTC());
    private static final List<String> WORDS = List.of(
            "repair ",
            "café ",
            "Lyon ",
            "our ",
            "of the ",
            "coffee grinders ",
            "50 % ",
            "#deal ",
            "日本 ",
            "🙂 ",
            "Grüße. ",
            "It's ",
            "workshops, ",
            "first_name ",
            "short ",
            "question ",
            "https://example.com/a ",
            "friendly ");

    static Set<String> kinds() {
        return Contents.SHIPPED.names();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theMocksAnswerFits(String name) {
        Kind kind = Contents.SHIPPED.get(name);
        long seed = new Random().nextLong();
        System.out.println(name + " seed " + seed);
        Random random = new Random(seed);
        RandomInput inputs = new RandomInput(kind.prompt().inputSchema(), random, () -> words(random));
        for (int i = 0; i < 200; i++) {
            ObjectNode body = inputs.next();
            ObjectNode input = kind.input(body);
            String answer = answer(kind.prompt(kind.version(""), input));
            Fit fit = Fit.of(kind, input, answer);
            assertThat(fit.problem()).as("%s for %s", answer, body).isEmpty();
        }
    }

    private static String answer(ChatRequest prompt) {
        ObjectNode request = new OpenAiDialect()
                .encode(prompt, "marketer", Integer.MAX_VALUE)
                .body();
        StringBuilder text = new StringBuilder();
        for (Move move : MOCK.moves(request, "marketer", new MockOptions(Duration.ZERO, 0), 0)) {
            text.append(move instanceof Move.Bytes it ? new String(it.bytes(), UTF_8) : "");
        }
        return Json.string(
                Json.LENIENT_DEPTH.read(text.toString()).path("choices").path(0).path("message"), "content");
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 8); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString().strip().isEmpty() ? "words" : text.toString().strip();
    }
}
