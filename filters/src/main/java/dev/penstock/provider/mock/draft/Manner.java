package dev.penstock.provider.mock.draft;

import java.util.List;
import java.util.Locale;

/** How a text is to sound, by the tone that is asked for and the brand's own words. */
record Manner(Tone tone, List<String> keywords) {

    private static final int MOST_KEYWORDS = 3;
    private static final int LONGEST_KEYWORD = 60;

    enum Tone {
        CASUAL("Hi", "Good news:", "See you soon"),
        FORMAL("Good day", "We are pleased to tell you:", "Yours sincerely"),
        NEUTRAL("Hello", "Here is what is new:", "Kind regards");

        private final String greeting;
        private final String opening;
        private final String closing;

        Tone(String greeting, String opening, String closing) {
            this.greeting = greeting;
            this.opening = opening;
            this.closing = closing;
        }

        String greeting() {
            return greeting;
        }

        String opening() {
            return opening;
        }

        String closing() {
            return closing;
        }
    }

    static Manner of(Brief brief) {
        String tone =
                brief.text("tone").orElse("") + " " + brief.text("brand tone").orElse("");
        List<String> keywords = brief.lines("brand keywords").stream()
                .filter(word -> word.length() <= LONGEST_KEYWORD)
                .limit(MOST_KEYWORDS)
                .toList();
        return new Manner(tone(tone.toLowerCase(Locale.ROOT)), keywords);
    }

    /** A sentence with the brand's words, led by a space; nothing where it has none. */
    String words() {
        return keywords.isEmpty() ? "" : " As always with us, it is about " + Phrase.list(keywords) + ".";
    }

    private static Tone tone(String text) {
        if (text.matches("(?s).*(casual|friendly|warm|playful|funny|humorous|cheerful|enthusiastic).*")) {
            return Tone.CASUAL;
        }
        return text.matches("(?s).*(formal|professional|serious|precise|confident).*") ? Tone.FORMAL : Tone.NEUTRAL;
    }
}
