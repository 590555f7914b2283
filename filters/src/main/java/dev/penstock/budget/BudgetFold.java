package dev.penstock.budget;

import dev.penstock.core.Instants;
import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was spent, by the records: an intent holds, an outcome charges. A call without an outcome, and one whose outcome nobody
 * saw, is charged as its own lines say.
 */
final class BudgetFold implements Fold {

    /** Confirmed before their record is durable: a few ms of calls. */
    private static final int MOST_EARLY = 10_000;

    private final Supplier<Instant> clock;
    private final Map<String, Spent> spent = new HashMap<>();
    private final Map<String, ArrayNode> held = new HashMap<>();

    /** Ended, and not confirmed by the ledger that is elsewhere; empty where the ledger is here. */
    private final Map<String, ArrayNode> ended = new HashMap<>();

    private final Set<String> early = new LinkedHashSet<>();
    private final boolean elsewhere;

    /**
     * @param clock the one whose windows count
     * @param elsewhere whether an end counts only when it is {@link #confirmed}
     */
    BudgetFold(Supplier<Instant> clock, boolean elsewhere) {
        this.clock = clock;
        this.elsewhere = elsewhere;
    }

    private record Spent(Instant ends, long nanoUsd) {}

    @Override
    public String name() {
        return "budgets";
    }

    /** Keeps the lines themselves: nobody changes what was decided. */
    @Override
    public synchronized void apply(long seq, ObjectNode record) {
        if (!(record.path("decisions").path("Budget").path("lines") instanceof ArrayNode lines)) {
            return;
        }
        String call = Json.string(record, "call");
        switch (Json.string(record, "type")) {
            case "intent" -> held.put(call, lines);
            case "outcome" -> {
                held.remove(call);
                if (elsewhere && !early.remove(call)) {
                    ended.put(call, lines);
                } else {
                    charge(lines, spent);
                }
            }
            default -> {}
        }
    }

    private static void charge(ArrayNode lines, Map<String, Spent> to) {
        for (JsonNode line : lines) {
            String key = Json.string(line, "account") + " " + Json.string(line, "window");
            long amount = line.has("charged") ? line.path("charged").asLong() : lost(line);
            Spent before = to.get(key);
            to.put(
                    key,
                    before == null
                            ? new Spent(Instants.of(Json.string(line, "ends")), amount)
                            : new Spent(before.ends(), Math.addExact(before.nanoUsd(), amount)));
        }
    }

    private static long lost(JsonNode line) {
        return Json.string(line, "lost").equals("charge") ? line.path("held").asLong() : 0;
    }

    /** The ledger has charged a call; its record may be yet to come. */
    synchronized void confirmed(String call) {
        ArrayNode lines = ended.remove(call);
        if (lines != null) {
            charge(lines, spent);
            return;
        }
        early.add(call);
        if (early.size() > MOST_EARLY) {
            early.remove(early.iterator().next());
        }
    }

    /** Fills the books of an instance: all that was charged, running calls as lost, and what a ledger may not know of yet. */
    synchronized void fill(Books books) {
        Map<String, ArrayNode> owed = new HashMap<>(ended);
        owed.putAll(held);
        Map<String, Spent> all = new HashMap<>(spent);
        owed.forEach((call, lines) -> {
            charge(lines, all);
            books.owe(call, postings(lines));
        });
        books.begin(postings(all));
    }

    private static List<Posting> postings(ArrayNode lines) {
        Map<String, Spent> sums = new HashMap<>();
        charge(lines, sums);
        return postings(sums);
    }

    private static List<Posting> postings(Map<String, Spent> sums) {
        return sums.entrySet().stream()
                .map(sum -> new Posting(
                        sum.getKey(), sum.getValue().ends(), sum.getValue().nanoUsd()))
                .toList();
    }

    /** Fills a ledger: calls that are open are over by now, and are charged as lost. */
    synchronized void fill(EmbeddedLedger ledger) {
        Map<String, Spent> all = new HashMap<>(spent);
        held.values().forEach(lines -> charge(lines, all));
        ended.values().forEach(lines -> charge(lines, all));
        Instant now = clock.get();
        all.forEach((key, sum) -> {
            if (sum.ends().plus(Account.KEPT).isAfter(now)) {
                ledger.begin(key, sum.ends(), sum.nanoUsd());
            }
        });
    }

    @Override
    public synchronized ObjectNode snapshot() {
        Instant now = clock.get();
        spent.values().removeIf(sum -> sum.ends().plus(Account.KEPT).isBefore(now));
        ObjectNode all = Json.object();
        ObjectNode sums = all.putObject("spent");
        spent.forEach((key, sum) ->
                sums.putObject(key).put("ends", sum.ends().toString()).put("nano_usd", sum.nanoUsd()));
        ObjectNode calls = all.putObject("held");
        held.forEach((call, lines) -> calls.set(call, lines.deepCopy()));
        ObjectNode over = all.putObject("ended");
        ended.forEach((call, lines) -> over.set(call, lines.deepCopy()));
        return all;
    }

    @Override
    public synchronized void restore(ObjectNode snapshot) {
        spent.clear();
        held.clear();
        ended.clear();
        snapshot.path("ended")
                .propertyStream()
                .forEach(call ->
                        ended.put(call.getKey(), (ArrayNode) call.getValue().deepCopy()));
        snapshot.path("spent")
                .propertyStream()
                .forEach(sum -> spent.put(
                        sum.getKey(),
                        new Spent(
                                Instants.of(Json.string(sum.getValue(), "ends")),
                                sum.getValue().path("nano_usd").asLong())));
        snapshot.path("held")
                .propertyStream()
                .forEach(call ->
                        held.put(call.getKey(), (ArrayNode) call.getValue().deepCopy()));
    }
}
