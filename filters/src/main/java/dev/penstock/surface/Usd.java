package dev.penstock.surface;

import java.math.BigDecimal;

/** Writes nano-USD as dollars, exactly. */
final class Usd {

    private static final int NANO = 9;

    private Usd() {}

    /** Without an exponent and without zeros at the end, such as {@code 0.000214}. */
    static String of(long nanoUsd) {
        return nanoUsd == 0
                ? "0"
                : BigDecimal.valueOf(nanoUsd, NANO).stripTrailingZeros().toPlainString();
    }
}
