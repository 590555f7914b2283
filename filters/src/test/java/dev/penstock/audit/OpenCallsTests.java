package dev.penstock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link OpenCalls}. */
class OpenCallsTests {

    private final OpenCalls open = new OpenCalls();

    @Test
    void whatHasNoOutcomeIsOpen() {
        open.apply(1, intent("a", 1));
        open.apply(2, intent("b", 1));
        open.apply(3, intent("a", 2));
        open.apply(4, Json.object().put("type", "outcome").put("call", "b"));
        assertThat(open.unknown()).hasSize(1);
        ObjectNode lost = open.unknown().get(0);
        assertThat(lost.path("intents").toString()).isEqualTo("[\"a#1\",\"a#2\"]");
        assertThat(lost.path("decisions").path("Budget").path("held").asInt()).isEqualTo(2);
    }

    @Test
    void aSnapshotKeepsThem() {
        open.apply(1, intent("a", 1));
        OpenCalls other = new OpenCalls();
        other.restore(open.snapshot());
        other.apply(2, intent("a", 2));
        assertThat(other.unknown().get(0).path("intents").size()).isEqualTo(2);
        assertThat(open.unknown().get(0).path("intents").size()).isEqualTo(1);
    }

    private static ObjectNode intent(String call, int number) {
        ObjectNode intent =
                Json.object().put("type", "intent").put("call", call).put("intent", call + "#" + number);
        intent.putObject("decisions").putObject("Budget").put("held", number);
        return intent;
    }
}
