package dev.penstock.experiment.tally;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** How long answers took, in classes that grow by a tenth; up to half an hour. Not thread-safe. */
final class Latencies {

    private static final double GROWTH = 1.1;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final int CLASSES = 152;

    private final long[] counts = new long[CLASSES];
    private long count;
    private long sum;

    void add(long millis) {
        counts[(int) Math.min(CLASSES - 1, Math.log1p(millis) / LOG_GROWTH)]++;
        count++;
        sum += millis;
    }

    /** In milliseconds; 0 without any. */
    long mean() {
        return count == 0 ? 0 : Math.round((double) sum / count);
    }

    /** What so many of a hundred did not exceed, at most a tenth too high; in milliseconds. */
    long percentile(int percent) {
        long upTo = 0;
        for (int i = 0; i < CLASSES; i++) {
            upTo += counts[i];
            if (upTo * 100 >= count * percent && upTo > 0) {
                return Math.round(Math.pow(GROWTH, i + 1) - 1);
            }
        }
        return 0;
    }

    /** The sum, then each class that is not empty and its count. */
    ArrayNode tree() {
        ArrayNode tree = Json.object().putArray("t").add(sum);
        for (int i = 0; i < CLASSES; i++) {
            if (counts[i] > 0) {
                tree.add(i).add(counts[i]);
            }
        }
        return tree;
    }

    static Latencies of(JsonNode tree) {
        Latencies read = new Latencies();
        read.sum = tree.path(0).asLong();
        for (int i = 1; i + 1 < tree.size(); i += 2) {
            read.counts[tree.path(i).asInt()] = tree.path(i + 1).asLong();
            read.count += tree.path(i + 1).asLong();
        }
        return read;
    }
}
