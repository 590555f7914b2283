package dev.penstock.pricing;

import dev.penstock.core.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model of the catalogue: one line of a file, which is the names that it goes by and, from the first brace on, JSON that is
 * read when it is needed. Thread-safe.
 */
final class Listed {

    private final List<ModelRule> rules;
    private final String json;
    private final String service;
    private final String snapshot;
    private volatile @Nullable Terms terms;

    /** {@code snapshot} names the catalogue, {@code service} the file that the line is from. */
    Listed(String line, String service, String snapshot) {
        int brace = line.indexOf('{');
        this.rules = Arrays.stream(line.substring(0, brace).trim().split(" "))
                .map(ModelRule::of)
                .toList();
        this.json = line.substring(brace);
        this.service = service;
        this.snapshot = snapshot;
    }

    /** {@code model} is in lower case. */
    boolean matches(String model) {
        for (ModelRule rule : rules) {
            if (rule.matches(model)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has a price at any time; a model may be known and have none. */
    boolean priced() {
        return !terms().prices().isEmpty();
    }

    OptionalLong contextWindow() {
        return terms().window();
    }

    /** The last price that holds at an instant. */
    Optional<Price> at(Instant at) {
        List<Dated> prices = terms().prices();
        for (int i = prices.size() - 1; i >= 0; i--) {
            if (prices.get(i).holds(at)) {
                return Optional.of(prices.get(i).price());
            }
        }
        return Optional.empty();
    }

    private Terms terms() {
        Terms known = terms;
        if (known == null) {
            known = read(Json.LENIENT_DEPTH.read(json));
            terms = known;
        }
        return known;
    }

    private Terms read(JsonNode line) {
        long window = Json.integer(line, "window");
        List<Dated> prices = line.path("prices")
                .valueStream()
                .map(price -> dated(price, service + "/" + Json.string(line, "id") + "@"))
                .toList();
        return new Terms(window > 0 ? OptionalLong.of(window) : OptionalLong.empty(), prices);
    }

    private Dated dated(JsonNode price, String id) {
        Map<Item, Rate> rates = new EnumMap<>(Item.class);
        for (Item item : Item.values()) {
            JsonNode rate = price.path(item.key());
            if (!rate.isMissingNode()) {
                rates.put(item, rate(rate));
            }
        }
        String from = Json.string(price, "from");
        String daily = Json.string(price, "daily");
        String[] hours = daily.isEmpty() ? new String[] {"00:00", "00:00"} : daily.split("-");
        String when = (from.isEmpty() ? "" : from + ".") + (daily.isEmpty() ? "" : daily + ".");
        return new Dated(
                new Price(id + when + snapshot, rates),
                (from.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(from)).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC),
                LocalTime.parse(hours[0]),
                LocalTime.parse(hours[1]));
    }

    /** A number, or the base price followed by start and price of each tier. */
    private static Rate rate(JsonNode rate) {
        if (rate.isNumber()) {
            return Rate.flat(rate.decimalValue());
        }
        List<Rate.Tier> tiers = new ArrayList<>();
        for (int i = 1; i < rate.size(); i += 2) {
            long price = Rate.nano(rate.get(i + 1).decimalValue());
            tiers.add(new Rate.Tier(rate.get(i).longValue(), price));
        }
        return new Rate(Rate.nano(rate.get(0).decimalValue()), tiers);
    }

    private record Terms(OptionalLong window, List<Dated> prices) {}

    /**
     * @param from its first second, in seconds since 1970
     * @param opens the time of day in UTC from which it holds, and {@code closes} the one until which it does
     */
    private record Dated(Price price, long from, LocalTime opens, LocalTime closes) {

        /** Without a calendar where it holds all day, as most do. */
        boolean holds(Instant at) {
            return at.getEpochSecond() >= from
                    && (opens.equals(closes) || isOpen(LocalTime.ofInstant(at, ZoneOffset.UTC)));
        }

        private boolean isOpen(LocalTime time) {
            boolean after = !time.isBefore(opens);
            boolean before = time.isBefore(closes);
            return opens.isBefore(closes) ? after && before : after || before;
        }
    }
}
