package dev.penstock.routes.file;

import java.util.regex.Pattern;

/** The forms of keys that providers issue, after gitleaks' rules; such a text never belongs in a file or a message. */
public final class SecretForms {

    private static final Pattern FORMS = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + "sk-[A-Za-z0-9_-]{16,}"
            + "|AIza[A-Za-z0-9_-]{35}"
            + "|(?:AKIA|ASIA)[A-Z2-7]{16}"
            + "|(?:gsk|hf|r8)_[A-Za-z0-9]{30,}"
            + "|(?:pplx|xai)-[A-Za-z0-9]{40,}"
            + ")");

    private SecretForms() {}

    public static boolean in(String text) {
        return FORMS.matcher(text).find();
    }

    static String hide(String text) {
        return FORMS.matcher(text).replaceAll("…");
    }
}
