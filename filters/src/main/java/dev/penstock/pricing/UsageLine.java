package dev.penstock.pricing;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A usage to be priced, and what somebody else says that it costs.
 *
 * @param expected USD, by the field of the file that says so
 */
record UsageLine(String provider, String model, Instant at, Usage usage, Map<Side, BigDecimal> expected) {

    /** What a file may name a cost of. */
    enum Side {
        INPUT("input_price", item -> item.compareTo(Item.OUTPUT) < 0),
        OUTPUT("output_price", item -> item.compareTo(Item.OUTPUT) >= 0 && item.compareTo(Item.WEB_SEARCH) < 0),
        TOTAL("total_price", item -> true);

        private final String field;
        private final Predicate<Item> items;

        Side(String field, Predicate<Item> items) {
            this.field = field;
            this.items = items;
        }

        boolean has(Cost.Line line) {
            return items.test(line.item());
        }
    }

    /**
     * The lines of one entry: {@code {provider, model, at?, usage, input_price?, …}}, or an entry of the golden file of
     * genai-prices, which has a usage for each of several ways to read one body, and a cost for each of several providers.
     */
    static Stream<UsageLine> of(JsonNode entry, Instant now) {
        String model = Json.string(entry, "model");
        if (!entry.has("extracted")) {
            String at = Json.string(entry, "at");
            Instant time = at.isEmpty() ? now : Instant.parse(at);
            return Stream.of(line(entry, Json.string(entry, "provider"), model, entry.path("usage"), time));
        }
        return entry.path("extracted")
                .valueStream()
                .flatMap(read -> read.path("extractors")
                        .valueStream()
                        .filter(it -> it.has(Side.INPUT.field))
                        .map(it -> line(it, Json.string(it, "provider_id"), model, read.path("usage"), now)));
    }

    private static UsageLine line(JsonNode prices, String provider, String model, JsonNode usage, Instant at) {
        Map<Side, BigDecimal> expected = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            price(prices.path(side.field)).ifPresent(it -> expected.put(side, it));
        }
        return new UsageLine(provider, model, at, usage(usage), expected);
    }

    private static Optional<BigDecimal> price(JsonNode price) {
        return price.isString()
                ? Optional.of(new BigDecimal(price.stringValue()))
                : price.isNumber() ? Optional.of(price.decimalValue()) : Optional.empty();
    }

    private static Usage usage(JsonNode usage) {
        long hour = Json.integer(usage, "cache_write_1h_tokens");
        long written = Json.integer(usage, "cache_write_tokens");
        return Usage.reported(Json.integer(usage, "input_tokens"), Json.integer(usage, "output_tokens"))
                .cached(Json.integer(usage, "cache_read_tokens"), Math.max(written - hour, 0), hour)
                .reasoning(Json.integer(usage, "output_reasoning_tokens"))
                .audio(Json.integer(usage, "input_audio_tokens"), Json.integer(usage, "output_audio_tokens"))
                .images(Json.integer(usage, "input_image_tokens"), Json.integer(usage, "output_image_tokens"))
                .searches(Json.integer(usage, "web_searches"));
    }
}
