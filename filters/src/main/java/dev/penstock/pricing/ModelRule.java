package dev.penstock.pricing;

import java.util.Locale;

/**
 * A pattern for model names: as it stands, with {@code *} at either end for any text and {@code #} for a digit. It is no
 * regular expression, since the names come from callers.
 */
record ModelRule(String text, boolean openStart, boolean openEnd) {

    static ModelRule of(String pattern) {
        boolean start = pattern.startsWith("*");
        boolean end = pattern.endsWith("*") && pattern.length() > 1;
        String text = pattern.substring(start ? 1 : 0, pattern.length() - (end ? 1 : 0));
        return new ModelRule(text.toLowerCase(Locale.ROOT), start, end);
    }

    /** {@code model} is in lower case. */
    boolean matches(String model) {
        int last = model.length() - text.length();
        if (!openEnd) {
            return last >= 0 && (openStart || last == 0) && at(model, last);
        }
        boolean found = last >= 0 && at(model, 0);
        for (int from = 1; openStart && !found && from <= last; from++) {
            found = at(model, from);
        }
        return found;
    }

    private boolean at(String model, int from) {
        for (int i = 0; i < text.length(); i++) {
            char wanted = text.charAt(i);
            char found = model.charAt(from + i);
            if (wanted == '#' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }
}
