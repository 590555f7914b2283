package dev.penstock.journal.embedded;

import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Sums amounts by key, like a budget; counts what it is told. */
final class Tally implements Fold {

    private final Map<String, Long> sums = new TreeMap<>();
    private long last;
    private long told;

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public synchronized void apply(long seq, ObjectNode record) {
        if (seq <= last) {
            throw new IllegalStateException("record " + seq + " after " + last);
        }
        last = seq;
        told++;
        if (record.has("key")) {
            sums.merge(Json.string(record, "key"), Json.integer(record, "amount"), Long::sum);
        }
    }

    @Override
    public synchronized ObjectNode snapshot() {
        ObjectNode state = Json.object();
        state.put("last", last);
        sums.forEach(state::put);
        return state;
    }

    @Override
    public synchronized void restore(ObjectNode snapshot) {
        sums.clear();
        last = Json.integer(snapshot, "last");
        snapshot.properties().stream()
                .filter(sum -> !sum.getKey().equals("last"))
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue().longValue()));
    }

    synchronized Map<String, Long> sums() {
        return new TreeMap<>(sums);
    }

    synchronized long last() {
        return last;
    }

    /** Records since it was made. */
    synchronized long told() {
        return told;
    }
}
