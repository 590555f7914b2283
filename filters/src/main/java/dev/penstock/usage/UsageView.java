package dev.penstock.usage;

import dev.penstock.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sums, for those who ask. Thread-safe. */
public final class UsageView {

    private final UsageSums sums;
    private final OtherInstances others;

    UsageView(UsageSums sums, OtherInstances others) {
        this.sums = sums;
        this.others = others;
    }

    /**
     * What was asked for.
     *
     * @param instances whose sums are in it
     * @param complete false when others than this one could not be asked
     */
    public record Usage(ArrayNode rows, int instances, boolean complete) {}

    /** What sums can be told apart by. */
    public enum By {
        SERVICE,
        TEAM,
        MODEL,
        PROVIDER,
        KIND;

        private String of(Slot slot) {
            return switch (this) {
                case SERVICE -> slot.service();
                case TEAM -> slot.team();
                case MODEL -> slot.model();
                case PROVIDER -> slot.provider();
                case KIND -> slot.kind();
            };
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Rows of sums, in order of time.
     *
     * @param step at least an hour; sums older than two days are by UTC day and stand at its beginning
     */
    public Mono<Usage> rows(List<By> by, Instant from, Instant to, Duration step) {
        return others.between(from, to).map(told -> {
            List<Map<Slot, Sum>> all = new ArrayList<>(told.instances());
            all.add(sums.between(from, to));
            return new Usage(rows(all, by, from, step), all.size(), told.complete());
        });
    }

    private static ArrayNode rows(List<Map<Slot, Sum>> all, List<By> by, Instant from, Duration step) {
        Map<List<String>, Sum> grouped =
                new TreeMap<>((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
        all.forEach(one -> one.forEach((slot, sum) -> grouped.merge(key(by, slot, from, step), sum, Sum::plus)));
        ArrayNode rows = Json.object().putArray("rows");
        grouped.forEach((key, sum) -> rows.add(row(by, key, sum)));
        return rows;
    }

    private static List<String> key(List<By> by, Slot slot, Instant from, Duration step) {
        long steps = Duration.between(from, slot.hour()).toSeconds() / step.toSeconds();
        List<String> key = new ArrayList<>();
        key.add(from.plus(step.multipliedBy(steps)).toString());
        by.forEach(each -> key.add(each.of(slot)));
        return key;
    }

    private static ObjectNode row(List<By> by, List<String> key, Sum sum) {
        ObjectNode row = Json.object().put("from", key.get(0));
        for (int i = 0; i < by.size(); i++) {
            row.put(by.get(i).word(), key.get(i + 1));
        }
        row.put("requests", sum.requests()).put("attempts", sum.attempts());
        row.put("input_tokens", sum.input()).put("cached_input_tokens", sum.cached());
        row.put("output_tokens", sum.output()).put("cost_nano_usd", sum.nanoUsd());
        return row.put("unpriced_attempts", sum.unpriced());
    }
}
