package dev.penstock.usage;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Sums of attempts; of them {@code requests} were the ones that answered.
 *
 * @param unpriced attempts that used something and have no price; their cost is not in {@code nanoUsd}
 */
record Sum(long requests, long attempts, long input, long cached, long output, long nanoUsd, long unpriced) {

    static final Sum NOTHING = new Sum(0, 0, 0, 0, 0, 0, 0);

    Sum plus(Sum other) {
        return new Sum(
                requests + other.requests,
                attempts + other.attempts,
                input + other.input,
                cached + other.cached,
                output + other.output,
                Math.addExact(nanoUsd, other.nanoUsd),
                unpriced + other.unpriced);
    }

    ArrayNode tree() {
        return Json.object()
                .putArray("s")
                .add(requests)
                .add(attempts)
                .add(input)
                .add(cached)
                .add(output)
                .add(nanoUsd)
                .add(unpriced);
    }

    static Sum of(JsonNode list) {
        return new Sum(
                list.path(0).asLong(),
                list.path(1).asLong(),
                list.path(2).asLong(),
                list.path(3).asLong(),
                list.path(4).asLong(),
                list.path(5).asLong(),
                list.path(6).asLong());
    }
}
