package dev.penstock.usage;

import dev.penstock.core.Instants;
import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sums by hour for two days and by day before that, for 400 days. Written by the journal's thread, read by others.
 */
final class UsageSums implements Fold {

    private static final Duration HOURS_KEPT = Duration.ofHours(48);
    private static final Duration KEPT = Duration.ofDays(400);

    /** As long is the hour in a time, such as {@code 2026-11-27T18}. */
    private static final int HOUR = 13;

    private final TreeMap<Instant, Map<Slot, Sum>> sums = new TreeMap<>();

    /** Hours and days that others have not been told of as they are now. */
    private final Set<Instant> changed = new HashSet<>();

    /** What others were told of and is no more. */
    private final Set<Instant> gone = new HashSet<>();

    /** The hour of the last record: while it stays, nothing gets older. */
    private @Nullable Instant forgot;

    /** The hour of the last record, and the text that the times in it begin with. */
    private Instant hour = Instant.EPOCH;

    private String lastHour = "none yet";

    /** How often all had to be shared anew; what was on its way before that counts for nothing. */
    private int life;

    /** What has changed since it was shared last; {@code life} is that of the sums then. */
    record Changes(Map<Instant, Map<Slot, Sum>> slots, Set<Instant> gone, int life) {}

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public synchronized void apply(long seq, ObjectNode record) {
        if (!Json.string(record, "type").equals("outcome")
                || !record.path("attempts").isArray()) {
            return;
        }
        Instant hour = hour(Json.string(record, "time"));
        String answered = Json.string(record, "outcome").equals("ok") ? Json.string(record, "provider") : "";
        boolean counted = answered.isEmpty();
        for (JsonNode attempt : record.path("attempts")) {
            if (attempt.path("sent").asBoolean(false)) {
                boolean served = !counted && Json.string(attempt, "reason").equals("ok");
                counted |= served;
                add(slot(hour, record, attempt), sum(attempt, served));
            }
        }
        if (!hour.equals(forgot)) {
            forget(hour);
            forgot = hour;
        }
    }

    /** Read once for all records of an hour. */
    private Instant hour(String time) {
        if (!time.startsWith(lastHour)) {
            hour = Instants.of(time).truncatedTo(ChronoUnit.HOURS);
            lastHour = time.substring(0, HOUR);
        }
        return hour;
    }

    private static Slot slot(Instant hour, JsonNode record, JsonNode attempt) {
        JsonNode who = record.path("who");
        return new Slot(
                hour,
                Json.string(who, "service"),
                Json.string(who, "team"),
                Json.string(attempt, "provider"),
                Json.string(attempt, "model"),
                Json.string(record.path("decisions").path("RenderPrompt"), "kind"));
    }

    private static Sum sum(JsonNode attempt, boolean served) {
        JsonNode usage = attempt.path("usage");
        boolean unpriced = usage.isObject() && !attempt.has("cost_nano_usd");
        return new Sum(
                served ? 1 : 0,
                1,
                usage.path("input").asLong(),
                usage.path("cache_read").asLong(),
                usage.path("output").asLong(),
                attempt.path("cost_nano_usd").asLong(),
                unpriced ? 1 : 0);
    }

    private void add(Slot slot, Sum sum) {
        changed.add(slot.hour());
        gone.remove(slot.hour());
        sums.computeIfAbsent(slot.hour(), hour -> new HashMap<>()).merge(slot, sum, Sum::plus);
    }

    /** Hours that are old become part of their day; what is older than all that is kept goes. */
    private void forget(Instant now) {
        SortedMap<Instant, Map<Slot, Sum>> tooOld = sums.headMap(now.minus(KEPT));
        tooOld.keySet().forEach(this::gone);
        tooOld.clear();
        Instant old = now.minus(HOURS_KEPT).truncatedTo(ChronoUnit.DAYS);
        for (Instant hour = sums.lowerKey(old); hour != null && !isDay(hour); hour = sums.lowerKey(hour)) {
            Map<Slot, Sum> moved = sums.remove(hour);
            gone(hour);
            moved.forEach((slot, sum) -> add(day(slot), sum));
        }
    }

    private void gone(Instant hour) {
        changed.remove(hour);
        gone.add(hour);
    }

    /** Others have been told of these. */
    synchronized void told(List<Instant> hours) {
        hours.stream().filter(hour -> !sums.containsKey(hour)).forEach(gone::add);
    }

    /** Others may know of none of it. */
    synchronized void anew() {
        life++;
        changed.addAll(sums.keySet());
    }

    synchronized Changes changes() {
        Map<Instant, Map<Slot, Sum>> slots = new HashMap<>();
        changed.forEach(hour -> slots.put(hour, Map.copyOf(sums.get(hour))));
        return new Changes(slots, Set.copyOf(gone), life);
    }

    /** These have been shared. Where others then know of fewer hours and days than there are, all are shared anew. */
    synchronized void shared(Changes changes, long known) {
        if (changes.life() != life) {
            return;
        }
        changes.slots().forEach((hour, slots) -> {
            if (slots.equals(sums.get(hour))) {
                changed.remove(hour);
            }
        });
        gone.removeAll(changes.gone());
        if (known < sums.size() && changed.isEmpty()) {
            changed.addAll(sums.keySet());
        }
    }

    private static boolean isDay(Instant hour) {
        return hour.equals(hour.truncatedTo(ChronoUnit.DAYS));
    }

    private static Slot day(Slot slot) {
        return new Slot(
                slot.hour().truncatedTo(ChronoUnit.DAYS),
                slot.service(),
                slot.team(),
                slot.provider(),
                slot.model(),
                slot.kind());
    }

    /** The slots that begin in {@code [from, to)}. */
    synchronized Map<Slot, Sum> between(Instant from, Instant to) {
        Map<Slot, Sum> found = new HashMap<>();
        if (from.isBefore(to)) {
            sums.subMap(from, to).values().forEach(found::putAll);
        }
        return found;
    }

    @Override
    public synchronized ObjectNode snapshot() {
        ObjectNode all = Json.object();
        ArrayNode list = all.putArray("slots");
        sums.values()
                .forEach(slots -> slots.forEach((slot, sum) -> {
                    ArrayNode row = list.addArray();
                    row.add(slot.hour().toString()).add(slot.service()).add(slot.team());
                    row.add(slot.provider()).add(slot.model()).add(slot.kind());
                    row.add(sum.tree());
                }));
        return all;
    }

    @Override
    public synchronized void restore(ObjectNode snapshot) {
        sums.clear();
        changed.clear();
        forgot = null;
        for (JsonNode row : snapshot.path("slots")) {
            Slot slot = new Slot(
                    Instants.of(row.path(0).asString()),
                    row.path(1).asString(),
                    row.path(2).asString(),
                    row.path(3).asString(),
                    row.path(4).asString(),
                    row.path(5).asString());
            add(slot, Sum.of(row.path(6)));
        }
    }
}
