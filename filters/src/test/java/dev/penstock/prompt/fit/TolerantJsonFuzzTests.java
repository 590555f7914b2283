package dev.penstock.prompt.fit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.Fuzz;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a model writes is looked through for objects. */
class TolerantJsonFuzzTests {

    @Test
    void anyTextIsLookedThroughAndWhatIsFoundIsJson() {
        Fuzz.of("text").within(4_000_000, 4_000).run(1_500, input -> {
            for (Found found : TolerantJson.objects(new String(input, UTF_8))) {
                ObjectNode object = found.object();
                assertThat(Json.LENIENT_DEPTH
                                .read(Json.LENIENT_DEPTH.write(object))
                                .isObject())
                        .isTrue();
            }
        });
    }
}
