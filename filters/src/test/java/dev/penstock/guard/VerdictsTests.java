package dev.penstock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.OnError;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.guard.detect.Match;
import dev.penstock.testing.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Verdicts}. */
class VerdictsTests {

    private static final Control FIRST = Control.of("house", Guards.words(Action.FLAG, "never"), List.of());
    private static final Control SECOND =
            Control.of("house", Guards.regex(Action.BLOCK, OnError.OPEN, "number", "[0-9]+"), List.of());
    private static final String LINES =
            "{\"controls\":[{\"guardrail\":\"house\",\"rule\":\"words\",\"action\":\"flag\",%s},"
                    + "{\"guardrail\":\"house\",\"rule\":\"regex\",\"action\":\"block\",%s}]%s}";

    private final Roster roster = new Roster(List.of(FIRST, SECOND));
    private final LlmExchange exchange =
            Exchanges.of(MockServerHttpRequest.post("/v1").build());

    private Verdicts verdicts() {
        return new Verdicts(exchange, Phase.INPUT, roster, new GuardEvents(null, event -> {}));
    }

    private ObjectNode told(Verdicts verdicts) {
        verdicts.tell();
        return exchange.trail().decisions().get(Step.GUARD_INPUT);
    }

    @Test
    void whatWasSkippedSaysWhy() {
        Verdicts verdicts = verdicts();
        verdicts.skipped("it ended");
        String line = "\"verdict\":\"skipped\",\"why\":\"it ended\"";
        assertThat(told(verdicts)).hasToString(LINES.formatted(line, line, ""));
    }

    @Test
    void callsOfWhichThereIsNothingToTellShareTheirDecision() {
        Verdicts first = verdicts();
        first.skipped("it ended");
        first.ran();
        Verdicts second = verdicts();
        second.skipped("it ended");
        second.ran();
        ObjectNode decision = told(first);
        assertThat(decision).hasToString(LINES.formatted("\"verdict\":\"ran\"", "\"verdict\":\"ran\"", ""));
        assertThat(told(second)).isSameAs(decision);
    }

    @Test
    void whatWasFoundInOneCallStaysOutOfTheNext() {
        Verdicts first = verdicts();
        first.ran();
        ObjectNode before = told(first);
        first.found(new Finding(FIRST, Match.of("word", 2, 7), Action.FLAG), "messages[0]", 0);
        first.other("image");
        assertThat(told(first))
                .hasToString(LINES.formatted(
                        "\"verdict\":\"ran\",\"findings\":[{\"type\":\"word\",\"action\":\"flag\",\"count\":1,"
                                + "\"spans\":[{\"at\":\"messages[0]\",\"start\":2,\"end\":7}]}]",
                        "\"verdict\":\"ran\"",
                        ",\"not_text\":{\"image\":1}"));
        Verdicts second = verdicts();
        second.ran();
        assertThat(told(second)).isSameAs(before);
    }

    @Test
    void aControlThatBrokeIsToldBesideThoseThatRan() {
        Verdicts verdicts = verdicts();
        verdicts.broken(SECOND, new IllegalStateException("a bug"));
        verdicts.ran();
        assertThat(told(verdicts))
                .hasToString(LINES.formatted(
                        "\"verdict\":\"ran\"",
                        "\"verdict\":\"failed\",\"why\":\"IllegalStateException\",\"then\":\"passed\"",
                        ""));
    }
}
