package dev.penstock.pricing;

import dev.penstock.core.Need;
import dev.penstock.core.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The price list of one model at one time. Immutable. */
public final class Price {

    /** Of a provider that costs nothing. */
    static final Price FREE = new Price(
            "free", Map.of(Item.INPUT, Rate.flat(BigDecimal.ZERO), Item.WEB_SEARCH, Rate.flat(BigDecimal.ZERO)));

    private static final Set<Item> INPUT = EnumSet.range(Item.INPUT, Item.CACHE_WRITE_HOUR);
    private static final Set<Item> OUTPUT = EnumSet.of(Item.OUTPUT, Item.REASONING, Item.IMAGE_OUTPUT);

    private final String id;
    private final Map<Item, Rate> rates;

    /** {@code rates} holds at least {@link Item#INPUT}. */
    Price(String id, Map<Item, Rate> rates) {
        this.id = id;
        this.rates = new EnumMap<>(rates);
    }

    /** Which price this is, for records: model, date and the catalogue's commit, or {@code override}, or {@code free}. */
    public String id() {
        return id;
    }

    /**
     * What a usage costs.
     *
     * @throws ArithmeticException beyond a {@code long} of nano-USD, 9.2 billion USD
     */
    public Cost cost(Usage usage) {
        List<Cost.Line> lines = new ArrayList<>();
        Set<Item> unpriced = EnumSet.noneOf(Item.class);
        long sum = 0;
        for (Map.Entry<Item, Long> part : Split.of(usage, rates.keySet()).entrySet()) {
            Item item = part.getKey();
            Optional<Rate> rate = rate(item);
            if (rate.isEmpty()) {
                unpriced.add(item);
                continue;
            }
            long price = rate.get().at(usage.input());
            long nano = Rate.charge(part.getValue(), price, item.per());
            lines.add(new Cost.Line(item, part.getValue(), price, nano));
            sum = Math.addExact(sum, nano);
        }
        return new Cost(sum, lines, unpriced);
    }

    /**
     * The most that a call can cost: no usage within these bounds costs more.
     *
     * @param input the most input tokens, cached ones included
     * @param output the most output tokens, reasoning included
     * @param webSearches the most searches that the provider runs
     * @param needs of the request; audio and image input count only where it has them
     * @throws ArithmeticException beyond a {@code long} of nano-USD
     */
    public long ceiling(long input, long output, long webSearches, Set<Need> needs) {
        Set<Item> in = EnumSet.copyOf(INPUT);
        Set<Item> out = EnumSet.copyOf(OUTPUT);
        if (needs.contains(Need.AUDIO)) {
            in.addAll(List.of(Item.AUDIO_INPUT, Item.CACHED_AUDIO_INPUT));
            out.add(Item.AUDIO_OUTPUT);
        }
        if (needs.contains(Need.IMAGES)) {
            in.addAll(List.of(Item.IMAGE_INPUT, Item.CACHED_IMAGE_INPUT));
        }
        long sum = dearest(in, input, input);
        sum = Math.addExact(sum, dearest(out, output, input));
        sum = Math.addExact(sum, dearest(Set.of(Item.WEB_SEARCH), webSearches, input));
        sum = Math.addExact(sum, dearest(Set.of(Item.REQUEST), 1, input));
        // every line of a cost is rounded up by less than one
        return sum == 0 ? 0 : Math.addExact(sum, Item.values().length);
    }

    private long dearest(Set<Item> items, long units, long input) {
        long most = 0;
        for (Item item : items) {
            long price = rate(item).map(rate -> rate.dearest(input)).orElse(0L);
            most = Math.max(most, Rate.charge(units, price, item.per()));
        }
        return most;
    }

    private Optional<Rate> rate(Item item) {
        Rate own = rates.get(item);
        return own != null ? Optional.of(own) : item.fallback().flatMap(this::rate);
    }
}
