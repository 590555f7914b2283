package dev.penstock.pricing;

import java.util.List;
import java.util.Set;

/**
 * What one call costs.
 *
 * @param nanoUsd the sum of the lines
 * @param lines those with something in them
 * @param unpriced what the call used and the price list has no line for, such as web searches; not in the sum
 */
public record Cost(long nanoUsd, List<Line> lines, Set<Item> unpriced) {

    /**
     * @param units tokens, or calls
     * @param priceNano nano-USD for {@link Item#per()} units
     * @param nano what the units cost, rounded up
     */
    public record Line(Item item, long units, long priceNano, long nano) {}

    public Cost {
        lines = List.copyOf(lines);
        unpriced = Set.copyOf(unpriced);
    }
}
