package dev.penstock.budget;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A limit in nano-USD; 0 is none. */
public record Money(long nanoUsd) {

    public static final Money NONE = new Money(0);

    /** What doubles hold exactly, since other engines count in those; about nine million dollars. */
    private static final long MOST = 9_000_000_000_000_000L;

    private static final Pattern FORM = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,9})?)(?: ?USD)?");
    private static final int NANO = 9;

    /**
     * {@code 25 USD}, {@code 0.5 USD}, a bare number, which is USD, or nothing at all.
     *
     * @throws IllegalArgumentException for any other text, for 0, and above nine million
     */
    public static Money parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException("not of its form");
        }
        long nano = new BigDecimal(form.group(1)).movePointRight(NANO).longValueExact();
        if (nano < 1 || nano > MOST) {
            throw new IllegalArgumentException("out of range");
        }
        return new Money(nano);
    }

    public boolean isNone() {
        return nanoUsd == 0;
    }

    static BigDecimal usd(long nanoUsd) {
        return nanoUsd == 0
                ? BigDecimal.ZERO
                : new BigDecimal(
                        BigDecimal.valueOf(nanoUsd, NANO).stripTrailingZeros().toPlainString());
    }
}
