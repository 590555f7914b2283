package dev.penstock.routes.bind;

import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Names of the file and names of Java, and the message for one that is not known. */
public final class Names {

    private Names() {}

    /** {@code firstByte} and {@code CLAMP_OUTPUT} as they stand in the file: {@code first-byte}, {@code clamp-output}. */
    public static String kebab(String java) {
        if (java.equals(java.toUpperCase(Locale.ROOT))) {
            return java.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return java.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Says what {@code what} is not known, which ones are, and which one may have been meant. */
    public static String unknown(String what, String name, Collection<String> known) {
        String expected = known.isEmpty() ? "none" : "one of: " + String.join(", ", known);
        String meant = known.stream()
                .min(Comparator.comparingInt(it -> distance(name, it)))
                .filter(it -> distance(name, it) <= Math.max(1, Math.min(name.length(), it.length()) / 3))
                .map(it -> "; did you mean '" + it + "'?")
                .orElse("");
        return "unknown " + what + " '" + name + "' (expected " + expected + ")" + meant;
    }

    /** The same for a name that is a value of the file, or part of one: not shown when it came from the environment. */
    public static String unknown(String what, Tree found, String name, Collection<String> known) {
        boolean written = found instanceof Scalar scalar && scalar.raw().contains(name);
        boolean shown = written && !found.kind().equals("a value");
        return unknown(what, shown ? name : "…", known);
    }

    /** How many letters must be changed, added or left out to make one of the other (Levenshtein), case aside. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
