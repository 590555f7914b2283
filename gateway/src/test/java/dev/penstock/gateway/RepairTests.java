package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BudgetView;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.testing.CloseKind;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.RawEvent;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A content answer that does not fit is asked for once more: one call for the caller, two for the books. */
class RepairTests {

    private static final String POST = "{\"platform\":\"twitter\",\"topic\":\"Tea\"}";
    private static final String WRONG = "{\"content\": 5}";
    private static final String RIGHT = "{\"content\": \"Tea for two #tea #Zwei_2 #1\"}";
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** The upstreams report 3 tokens in and 2 out for each whole answer: at 1 and 2 USD a million, 7 millionths. */
    private static final String PRICE = "prices: { overrides: { \"first/m1\": { input: 1, output: 2 } } }\n";

    private ScriptedUpstream upstream;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private void serve(String more) {
        gateway = RunningGateway.with(Wires.oneProvider(upstream, "") + more);
    }

    @Test
    void theModelSeesItsAnswerAndItsError() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), ContentWires.OPENAI.whole(RIGHT));
        JsonNode answer = body(post(POST));
        assertThat(Json.string(answer, "content")).startsWith("Tea for two");
        assertThat(answer.at("/metadata/repaired").booleanValue()).isTrue();
        assertThat(answer.at("/metadata/fallback_used").booleanValue()).isFalse();
        assertThat(answer.at("/metadata/hashtags").toString()).isEqualTo("[\"#tea\",\"#Zwei_2\"]");
        assertThat(answer.at("/metadata/usage/total_tokens").intValue()).isEqualTo(10);
        JsonNode first = sent(0).path("messages");
        JsonNode second = sent(1).path("messages");
        assertThat(second.size()).isEqualTo(first.size() + 2);
        assertThat(Json.string(second.get(first.size()), "content")).isEqualTo(WRONG);
        assertThat(Json.string(second.get(first.size()), "role")).isEqualTo("assistant");
        assertThat(Json.string(second.get(first.size() + 1), "content"))
                .contains("'content' integer (expected: string)");
    }

    @Test
    void aTargetWithoutSchemaSupportIsRepairedToo() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole("I'd rather not."), ContentWires.OPENAI.whole("Fine: " + RIGHT));
        assertThat(body(post(POST)).at("/metadata/repaired").booleanValue()).isTrue();
    }

    @Test
    void itIsAskedOnceAndNoMore() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), ContentWires.OPENAI.whole(WRONG));
        RawClient client = post(POST);
        assertThat(client.answer().header("x-penstock-attempts")).isEqualTo("2");
        JsonNode answer = Json.LENIENT_DEPTH.read(client.text());
        assertThat(answer.at("/metadata/fallback_used").booleanValue()).isTrue();
        assertThat(answer.at("/metadata/repaired").booleanValue()).isFalse();
        assertThat(upstream.ledger().exchanges()).hasSize(2);
    }

    @Test
    void aStrictCallerIsToldWhatIsWrong() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), ContentWires.OPENAI.whole("nothing at all"));
        RawClient client = post(POST, "x-penstock-strict", "true");
        RawAnswer answer = client.answer();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(client.text())
                .contains("upstream_invalid", "no JSON object in it")
                .doesNotContain("nothing at all");
    }

    @Test
    void aRepairThatFailsLeavesTheFallback() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), Script.json(500, "{}"));
        JsonNode answer = body(post(POST));
        assertThat(answer.at("/metadata/fallback_used").booleanValue()).isTrue();
        assertThat(answer.at("/metadata/provider").asString()).isEqualTo("first");
    }

    @Test
    void theCallersTimeIsForBothCalls() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), Script.never());
        long from = System.nanoTime();
        JsonNode answer = body(post(POST, "x-penstock-timeout", "900ms"));
        assertThat(answer.at("/metadata/fallback_used").booleanValue()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMillis(4_000));
    }

    @Test
    void theBillAndTheRecordsNameBothCalls() {
        serve(PRICE + "global: { budget: { daily: 1 USD } }\n");
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), ContentWires.OPENAI.whole(RIGHT));
        RawClient client = post(POST);
        assertThat(client.answer().header("x-penstock-cost-usd")).isEqualTo("0.000014");
        JsonNode answer = Json.LENIENT_DEPTH.read(client.text());
        assertThat(answer.at("/metadata/cost_usd").decimalValue()).isEqualByComparingTo("0.000014");
        Records records = Records.in(gateway.data(), it -> of(it, "outcome").size() == 1);
        ObjectNode outcome = of(records, "outcome").get(0);
        assertThat(of(records, "intent"))
                .hasSize(2)
                .allSatisfy(intent -> assertThat(Json.string(intent, "call")).isEqualTo(Json.string(outcome, "call")));
        assertThat(outcome.path("intents").size()).isEqualTo(2);
        assertThat(outcome.path("attempts").size()).isEqualTo(2);
        assertThat(outcome.path("cost_nano_usd").longValue()).isEqualTo(14_000);
        long charged = 0;
        for (JsonNode line : outcome.at("/decisions/Budget/lines")) {
            charged += line.path("charged").longValue();
        }
        assertThat(charged).isEqualTo(14_000);
        BudgetView.Line line = gateway.bean(BudgetView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .toFuture()
                .join()
                .get(0);
        assertThat(line.spent()).isEqualByComparingTo(new BigDecimal("0.000014"));
        assertThat(line.held()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void aStreamTellsItsProgressAndEndsWithTheOneObject() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.stream(WRONG), ContentWires.OPENAI.whole(RIGHT));
        RawClient client = post("{\"stream\":true," + POST.substring(1));
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).startsWith("text/event-stream");
        List<RawEvent> events = events(client);
        assertThat(events).extracting(RawEvent::event).containsExactly("progress", "progress", "answer");
        assertThat(events.get(0).data()).contains("\"stage\":\"writing\"");
        assertThat(events.get(1).data()).contains("\"stage\":\"repairing\"");
        JsonNode answer = Json.LENIENT_DEPTH.read(events.get(2).data());
        assertThat(answer.at("/metadata/repaired").booleanValue()).isTrue();
        Records records = Records.in(gateway.data(), it -> of(it, "outcome").size() == 1);
        assertThat(of(records, "outcome").get(0).path("intents").size()).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksEndsInAnError() {
        serve("");
        upstream.enqueue(Wires.begun().flush().reset());
        RawClient client = post("{\"stream\":true," + POST.substring(1));
        assertThat(client.answer().status()).isEqualTo(200);
        List<RawEvent> events = events(client);
        assertThat(events.get(events.size() - 1).event()).isEqualTo("error");
        assertThat(events).noneMatch(event -> event.event().equals("answer"));
    }

    @Test
    void aStrictStreamEndsInAnError() {
        serve("");
        upstream.enqueue(ContentWires.OPENAI.stream(WRONG), ContentWires.OPENAI.whole(WRONG));
        RawClient client = post("{\"stream\":true," + POST.substring(1), "x-penstock-strict", "true");
        assertThat(client.answer().status()).isEqualTo(200);
        List<RawEvent> events = events(client);
        assertThat(events.get(events.size() - 1).data()).contains("upstream_invalid");
        assertThat(events.get(events.size() - 1).event()).isEqualTo("error");
    }

    @Test
    void aStreamWithoutProviderIsAnOrdinaryError() {
        serve("");
        upstream.enqueue(Script.json(500, "{}"));
        assertThat(post("{\"stream\":true," + POST.substring(1)).answer().status())
                .isEqualTo(503);
    }

    @Test
    void leavingClosesTheUpstreamInEveryCall() {
        serve("");
        upstream.enqueue(Wires.begun().flush().silence());
        RawClient streaming = post("{\"stream\":true," + POST.substring(1));
        assertThat(streaming.answer().status()).isEqualTo(200);
        assertThat(streaming.event()).isNotNull();
        leaves(streaming, 0);
        upstream.enqueue(ContentWires.OPENAI.whole(WRONG), Script.never());
        leaves(post(POST), 2);
        upstream.enqueue(ContentWires.OPENAI.stream(WRONG), Script.never());
        leaves(post("{\"stream\":true," + POST.substring(1)), 4);
    }

    private void leaves(RawClient client, int request) {
        Exchange asked = upstream.ledger().await(request, BOUND);
        client.reset();
        assertThat(asked.awaitClosed(BOUND)).isIn(CloseKind.FIN, CloseKind.RST);
    }

    private RawClient post(String body, String... headers) {
        Map<String, String> all = new HashMap<>(RunningGateway.CALLER);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return gateway.client().post("/v1/content/social-media", all, body);
    }

    private static JsonNode body(RawClient client) {
        assertThat(client.answer().status()).isEqualTo(200);
        return Json.LENIENT_DEPTH.read(client.text());
    }

    private JsonNode sent(int number) {
        return Json.LENIENT_DEPTH.read(upstream.ledger().exchanges().get(number).text());
    }

    private static List<RawEvent> events(RawClient client) {
        List<RawEvent> events = new ArrayList<>();
        for (RawEvent event = client.event(); event != null; event = client.event()) {
            if (!event.data().isEmpty()) {
                events.add(event);
            }
        }
        return events;
    }

    private static List<ObjectNode> of(Records records, String type) {
        return records.all().stream()
                .filter(record -> Json.string(record, "type").equals(type))
                .toList();
    }
}
