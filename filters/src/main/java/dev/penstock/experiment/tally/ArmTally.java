package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import dev.penstock.experiment.evidence.Scores;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the calls of one arm came to. Not thread-safe. */
final class ArmTally {

    /** Labels are callers' words: so many of an arm are told apart, further ones are one. */
    private static final int MOST_LABELS = 20;

    private static final String OTHER = "other";

    private long answered;
    private long cancelled;
    private long failed;
    private long fallbacks;
    private long repaired;
    private long nanoUsd;
    private Latencies latencies = new Latencies();
    private long scored;
    private long millionths;
    private final Map<String, Long> labels = new TreeMap<>();
    private final Scores evidence = new Scores();

    /** A call that is over, by its record. */
    void call(JsonNode record) {
        nanoUsd = Math.addExact(nanoUsd, record.path("cost_nano_usd").asLong());
        switch (Json.string(record, "outcome")) {
            case "ok" -> answer(record);
            case "cancelled" -> cancelled++;
            default -> failed++;
        }
    }

    private void answer(JsonNode record) {
        JsonNode fit = record.path("decisions").path("FitSchema");
        answered++;
        latencies.add(record.path("ms").asLong());
        fallbacks += fit.path("fallback_used").asBoolean(false) ? 1 : 0;
        repaired += fit.path("repaired").asBoolean(false) ? 1 : 0;
    }

    /** A score, whether or not it still counts for the verdict; {@code label} may be empty. */
    void score(long score, String label) {
        scored++;
        millionths += score;
        if (!label.isEmpty()) {
            String known = labels.containsKey(label) || labels.size() < MOST_LABELS ? label : OTHER;
            labels.merge(known, 1L, Long::sum);
        }
    }

    /** Those scores that count for the verdict. */
    Scores evidence() {
        return evidence;
    }

    /** As administrators see it. Money is in USD; rates and means are left out where there is nothing to divide by. */
    void tell(ObjectNode to) {
        to.put("calls", answered + cancelled + failed).put("answered", answered);
        to.put("cancelled", cancelled).put("failed", failed);
        to.put("cost_usd", BigDecimal.valueOf(nanoUsd, 9));
        if (answered > 0) {
            to.put("fallback_rate", (double) fallbacks / answered).put("repair_rate", (double) repaired / answered);
            to.putObject("latency_ms")
                    .put("mean", latencies.mean())
                    .put("p50", latencies.percentile(50))
                    .put("p95", latencies.percentile(95));
        }
        to.put("scores", scored);
        if (scored > 0) {
            to.put("score_mean", (double) millionths / Scores.ONE / scored);
        }
        ObjectNode words = to.putObject("labels");
        labels.forEach(words::put);
        to.put("scores_in_verdict", evidence.count()).put("caller_groups", evidence.groups());
    }

    ObjectNode snapshot() {
        ObjectNode all = Json.object();
        all.putArray("calls")
                .add(answered)
                .add(cancelled)
                .add(failed)
                .add(fallbacks)
                .add(repaired)
                .add(nanoUsd)
                .add(scored)
                .add(millionths);
        all.set("latencies", latencies.tree());
        ObjectNode words = all.putObject("labels");
        labels.forEach(words::put);
        ArrayNode groups = all.putArray("evidence");
        evidence.eachGroup((group, number, sum) -> groups.add(group).add(number).add(sum));
        return all;
    }

    static ArmTally of(JsonNode snapshot) {
        ArmTally read = new ArmTally();
        JsonNode calls = snapshot.path("calls");
        read.answered = calls.path(0).asLong();
        read.cancelled = calls.path(1).asLong();
        read.failed = calls.path(2).asLong();
        read.fallbacks = calls.path(3).asLong();
        read.repaired = calls.path(4).asLong();
        read.nanoUsd = calls.path(5).asLong();
        read.scored = calls.path(6).asLong();
        read.millionths = calls.path(7).asLong();
        read.latencies = Latencies.of(snapshot.path("latencies"));
        snapshot.path("labels")
                .properties()
                .forEach(label ->
                        read.labels.put(label.getKey(), label.getValue().asLong()));
        JsonNode groups = snapshot.path("evidence");
        for (int i = 0; i + 2 < groups.size(); i += 3) {
            read.evidence.add(
                    groups.path(i).asInt(),
                    groups.path(i + 1).asInt(),
                    groups.path(i + 2).asLong());
        }
        return read;
    }
}
