package dev.penstock.surface;

import java.math.BigDecimal;

/** Writes nano-USD as dollars, exactly. */
final class Usd {

    private static final int NANO = 9;
    private static final long BILLION = 1_000_000_000;

    private Usd() {}

    /** Without an exponent and without zeros at the end, such as {@code 0.000214}. */
    static String of(long nanoUsd) {
        if (nanoUsd <= 0) {
            return nanoUsd == 0
                    ? "0"
                    : BigDecimal.valueOf(nanoUsd, NANO).stripTrailingZeros().toPlainString();
        }
        long rest = nanoUsd % BILLION;
        String whole = Long.toString(nanoUsd / BILLION);
        if (rest == 0) {
            return whole;
        }
        int digits = NANO;
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        String fraction = Long.toString(rest);
        return whole + "." + "0".repeat(digits - fraction.length()) + fraction;
    }
}
