package dev.penstock.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The price of one item, in nano-USD for as many units as the item says.
 *
 * @param tiers long-context prices by rising start; over a start, every token has the tier's price
 */
record Rate(long base, List<Tier> tiers) {

    /** @param start of the request's input tokens; the tier begins with one more */
    record Tier(long start, long price) {}

    Rate {
        tiers = List.copyOf(tiers);
    }

    static Rate flat(BigDecimal usd) {
        return new Rate(nano(usd), List.of());
    }

    /** Rounded up to a whole nano-USD. */
    static long nano(BigDecimal usd) {
        return usd.movePointRight(9).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    long at(long inputTokens) {
        long price = base;
        for (Tier tier : tiers) {
            price = inputTokens > tier.start() ? tier.price() : price;
        }
        return price;
    }

    /** The highest price that a request of up to this many input tokens can have. */
    long dearest(long inputTokens) {
        long price = base;
        for (Tier tier : tiers) {
            price = inputTokens > tier.start() ? Math.max(tier.price(), price) : price;
        }
        return price;
    }

    /**
     * What so many units cost, rounded up.
     *
     * @throws ArithmeticException beyond a {@code long} of nano-USD
     */
    static long charge(long units, long price, int per) {
        long whole = Math.multiplyExact(units / per, price);
        long part = Math.multiplyExact(units % per, price);
        return Math.addExact(whole, part / per + (part % per == 0 ? 0 : 1));
    }
}
