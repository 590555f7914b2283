package dev.penstock.budget;

import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was spent, by the records: an intent holds, an outcome charges. A call without an outcome, and one whose outcome nobody
 * saw, is charged as its own lines say.
 */
final class BudgetFold implements Fold {

    private static final Duration KEPT = Duration.ofHours(48);

    private final Clock clock;
    private final Map<String, Spent> spent = new HashMap<>();
    private final Map<String, ArrayNode> held = new HashMap<>();

    BudgetFold(Clock clock) {
        this.clock = clock;
    }

    private record Spent(Instant ends, long nanoUsd) {}

    @Override
    public String name() {
        return "budgets";
    }

    @Override
    public synchronized void apply(long seq, ObjectNode record) {
        if (!(record.path("decisions").path("Budget").path("lines") instanceof ArrayNode lines)) {
            return;
        }
        String call = Json.string(record, "call");
        switch (Json.string(record, "type")) {
            case "intent" -> held.put(call, lines.deepCopy());
            case "outcome" -> {
                held.remove(call);
                charge(lines, spent);
            }
            default -> {}
        }
    }

    private static void charge(ArrayNode lines, Map<String, Spent> to) {
        for (JsonNode line : lines) {
            String key = Json.string(line, "account") + " " + Json.string(line, "window");
            long amount = line.has("charged") ? line.path("charged").asLong() : lost(line);
            Instant ends = Instant.parse(Json.string(line, "ends"));
            to.merge(
                    key,
                    new Spent(ends, amount),
                    (a, b) -> new Spent(a.ends(), Math.addExact(a.nanoUsd(), b.nanoUsd())));
        }
    }

    private static long lost(JsonNode line) {
        return Json.string(line, "lost").equals("charge") ? line.path("held").asLong() : 0;
    }

    /** Fills a ledger: calls that are open are over by now, and are charged as lost. */
    synchronized void fill(EmbeddedLedger ledger) {
        Map<String, Spent> all = new HashMap<>(spent);
        held.values().forEach(lines -> charge(lines, all));
        Instant now = clock.instant();
        all.forEach((key, sum) -> {
            if (sum.ends().plus(KEPT).isAfter(now)) {
                ledger.begin(key, sum.ends(), sum.nanoUsd());
            }
        });
    }

    @Override
    public synchronized ObjectNode snapshot() {
        Instant now = clock.instant();
        spent.values().removeIf(sum -> sum.ends().plus(KEPT).isBefore(now));
        ObjectNode all = Json.object();
        ObjectNode sums = all.putObject("spent");
        spent.forEach((key, sum) ->
                sums.putObject(key).put("ends", sum.ends().toString()).put("nano_usd", sum.nanoUsd()));
        ObjectNode calls = all.putObject("held");
        held.forEach((call, lines) -> calls.set(call, lines.deepCopy()));
        return all;
    }

    @Override
    public synchronized void restore(ObjectNode snapshot) {
        spent.clear();
        held.clear();
        snapshot.path("spent")
                .propertyStream()
                .forEach(sum -> spent.put(
                        sum.getKey(),
                        new Spent(
                                Instant.parse(Json.string(sum.getValue(), "ends")),
                                sum.getValue().path("nano_usd").asLong())));
        snapshot.path("held")
                .propertyStream()
                .forEach(call ->
                        held.put(call.getKey(), (ArrayNode) call.getValue().deepCopy()));
    }
}
