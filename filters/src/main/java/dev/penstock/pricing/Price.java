package dev.penstock.pricing;

import dev.penstock.core.Need;
import dev.penstock.core.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The price list of one model at one time. Immutable. */
public final class Price {

    private static final Item[] ITEMS = Item.values();
    private static final Item[] INPUT = {
        Item.INPUT, Item.CACHED_INPUT, Item.CACHE_WRITE, Item.CACHE_WRITE_HOUR,
    };
    private static final Item[] AUDIO_INPUT = {Item.AUDIO_INPUT, Item.CACHED_AUDIO_INPUT};
    private static final Item[] IMAGE_INPUT = {Item.IMAGE_INPUT, Item.CACHED_IMAGE_INPUT};
    private static final Item[] OUTPUT = {Item.OUTPUT, Item.REASONING, Item.IMAGE_OUTPUT};
    private static final Item[] AUDIO_OUTPUT = {Item.AUDIO_OUTPUT};

    /** Of a provider that costs nothing. */
    static final Price FREE = new Price(
            "free", Map.of(Item.INPUT, Rate.flat(BigDecimal.ZERO), Item.WEB_SEARCH, Rate.flat(BigDecimal.ZERO)));

    private final String id;

    /** What has a price of its own. */
    private final Set<Item> own;

    /** What each item is charged at, by its ordinal; none where the list has nothing to charge it at. */
    private final @Nullable Rate[] rates = new Rate[ITEMS.length];

    /** {@code rates} holds at least {@link Item#INPUT}. */
    Price(String id, Map<Item, Rate> rates) {
        this.id = id;
        this.own = EnumSet.copyOf(rates.keySet());
        for (Item item : ITEMS) {
            this.rates[item.ordinal()] = rate(item, rates);
        }
    }

    private static @Nullable Rate rate(Item item, Map<Item, Rate> rates) {
        Rate own = rates.get(item);
        return own != null
                ? own
                : item.fallback().map(other -> rate(other, rates)).orElse(null);
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
        long[] units = Split.of(usage, own);
        for (Item item : ITEMS) {
            long count = units[item.ordinal()];
            Rate rate = rates[item.ordinal()];
            if (count > 0 && rate == null) {
                unpriced.add(item);
            } else if (count > 0) {
                long price = rate.at(usage.input());
                long nano = Rate.charge(count, price, item.per());
                lines.add(new Cost.Line(item, count, price, nano));
                sum = Math.addExact(sum, nano);
            }
        }
        return new Cost(sum, lines, unpriced);
    }

    /**
     * The sum of {@link #cost}, sooner.
     *
     * @throws ArithmeticException beyond a {@code long} of nano-USD
     */
    public long nanoUsd(Usage usage) {
        long[] units = Split.of(usage, own);
        long sum = 0;
        for (int item = 0; item < units.length; item++) {
            Rate rate = rates[item];
            if (units[item] > 0 && rate != null) {
                sum = Math.addExact(sum, Rate.charge(units[item], rate.at(usage.input()), ITEMS[item].per()));
            }
        }
        return sum;
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
        long in = dearest(INPUT, input);
        long out = dearest(OUTPUT, input);
        if (needs.contains(Need.AUDIO)) {
            in = Math.max(in, dearest(AUDIO_INPUT, input));
            out = Math.max(out, dearest(AUDIO_OUTPUT, input));
        }
        if (needs.contains(Need.IMAGES)) {
            in = Math.max(in, dearest(IMAGE_INPUT, input));
        }
        long sum = Rate.charge(input, in, Item.INPUT.per());
        sum = Math.addExact(sum, Rate.charge(output, out, Item.OUTPUT.per()));
        sum = Math.addExact(sum, most(Item.WEB_SEARCH, webSearches, input));
        sum = Math.addExact(sum, most(Item.REQUEST, 1, input));
        // every line of a cost is rounded up by less than one
        return sum == 0 ? 0 : Math.addExact(sum, ITEMS.length);
    }

    private long most(Item item, long units, long input) {
        return Rate.charge(units, dearest(item, input), item.per());
    }

    /** The highest of their prices, which are all for as many tokens. */
    private long dearest(Item[] items, long input) {
        long most = 0;
        for (Item item : items) {
            most = Math.max(most, dearest(item, input));
        }
        return most;
    }

    private long dearest(Item item, long input) {
        Rate rate = rates[item.ordinal()];
        return rate == null ? 0 : rate.dearest(input);
    }
}
