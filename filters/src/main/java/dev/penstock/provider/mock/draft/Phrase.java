package dev.penstock.provider.mock.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Short forms of longer texts. */
final class Phrase {

    private static final Set<String> WEAK = Set.of(
            "a", "an", "the", "our", "your", "my", "of", "for", "on", "in", "at", "to", "with", "and", "or", "that",
            "which", "is", "are", "from", "by", "as", "its", "their", "about", "into");

    private Phrase() {}

    /** At most so many characters, however they are counted: the whole text in one line, else the end that still means something. */
    static String of(String text, int most) {
        String line = text.replaceAll("\\s+", " ").replaceAll("[.!?:;,]+$", "").strip();
        if (line.isEmpty()) {
            return clip("your request", most);
        }
        List<String> words = Arrays.asList(line.split(" ", 400));
        for (int from = 0; from < words.size(); from++) {
            String tail = String.join(" ", words.subList(from, words.size()));
            boolean isWeak = from > 0 && WEAK.contains(words.get(from).toLowerCase(Locale.ROOT));
            if (!isWeak && Brief.fits(tail, most)) {
                return tail;
            }
        }
        return clip(line, most);
    }

    /** The same, beginning with a capital. */
    static String title(String text, int most) {
        return capital(of(text, most));
    }

    /** The longest beginning of whole words, or of characters where the first word is too long. */
    static String clip(String text, int most) {
        String cut = text;
        while (!cut.isEmpty() && !Brief.fits(cut, most)) {
            int space = cut.lastIndexOf(' ');
            cut = space > 0 ? cut.substring(0, space) : cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut.isEmpty() ? "." : cut;
    }

    /** The first of these that fits; else the last, cut. */
    static String first(int most, String... candidates) {
        for (String candidate : candidates) {
            if (Brief.fits(candidate, most)) {
                return candidate;
            }
        }
        return clip(candidates[candidates.length - 1], most);
    }

    static String capital(String text) {
        int end = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
    }

    /** {@code a, b and c}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
