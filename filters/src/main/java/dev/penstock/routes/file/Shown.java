package dev.penstock.routes.file;

import java.util.regex.Pattern;

/** How a message shows a value: never what the environment held, and nothing that may be a secret. */
final class Shown {

    private static final Pattern SENSITIVE =
            Pattern.compile("(^|.*\\.)(keys|headers)([.\\[].*|$)|(^|.*\\.)(value|sha256|webhook)$");
    private static final Pattern SECRET =
            Pattern.compile("(^|.*\\.)headers([.\\[].*|$)|(^|.*\\.)(value|sha256|webhook)$");
    private static final int LONGEST = 60;

    private Shown() {}

    static String of(Tree.Scalar scalar) {
        if (SENSITIVE.matcher(scalar.path()).matches() || SecretForms.in(scalar.raw())) {
            return "a value";
        }
        String shown = "'" + cut(scalar.raw().replaceAll("\\p{Cntrl}", " ")) + "'";
        return scalar.resolved() ? shown + " as resolved" : shown;
    }

    /** Whether it is, or may well be, a credential. */
    static boolean secret(Tree.Scalar scalar) {
        return SECRET.matcher(scalar.path()).matches();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
