package dev.penstock.budget;

import dev.penstock.core.Asked;
import dev.penstock.core.Weight;
import dev.penstock.pricing.Price;
import java.util.List;

/** The most that one request can cost, at prices and an output cap. */
final class Ceiling {

    /** Nano-USD; more than any budget can hold, and far from the end of a {@code long}. */
    static final long BEYOND = 1L << 61;

    /** Searches of the web that one request is taken to run at most; no provider here lets them be capped. */
    private static final int MOST_SEARCHES = 10;

    private final Asked asked;

    Ceiling(Asked asked) {
        this.asked = asked;
    }

    /**
     * At the dearest of some prices.
     *
     * @param cap the most output tokens of each choice
     */
    long at(List<Price> prices, int cap) {
        return prices.stream().mapToLong(price -> at(price, cap)).max().orElse(0);
    }

    private long at(Price price, int cap) {
        Weight weight = asked.weight();
        int searches = asked.body().has("web_search_options") ? MOST_SEARCHES : 0;
        try {
            long output = Math.multiplyExact((long) weight.choices(), cap);
            return Math.min(BEYOND, price.ceiling(weight.inputCeiling(), output, searches, asked.needs()));
        } catch (ArithmeticException beyondCounting) {
            return BEYOND;
        }
    }

    /** The largest cap up to {@code most} whose ceiling is within {@code left}; 0 when none is. */
    int fitting(List<Price> prices, int most, long left) {
        int low = 0;
        int high = most;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (at(prices, middle) <= left) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
