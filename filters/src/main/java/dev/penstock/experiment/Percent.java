package dev.penstock.experiment;

import java.util.regex.Pattern;

/** A share of a hundred, 0 to 100. */
public record Percent(double value) {

    public static final String EXPECTED = "0 to 100, or true (100) or false (0)";

    private static final Pattern FORM = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    private static final double ALL = 100;

    /**
     * A number, or a switch: all or none.
     *
     * @throws IllegalArgumentException for any other text, and above 100
     */
    public static Percent parse(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new Percent(text.equals("true") ? ALL : 0);
        }
        if (!FORM.matcher(text).matches() || Double.parseDouble(text) > ALL) {
            throw new IllegalArgumentException("no share of a hundred");
        }
        return new Percent(Double.parseDouble(text));
    }

    public boolean isAll() {
        return value == ALL;
    }
}
