package dev.penstock.provider.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Telling words of a text or of an identifier. */
final class Words {

    private static final int MOST = 400;
    private static final Set<String> COMMON = Set.of(
            "about", "after", "and", "any", "are", "can", "could", "create", "does", "for", "from", "give", "gives",
            "have", "here", "how", "into", "its", "make", "name", "not", "over", "please", "return", "returns",
            "should", "some", "tell", "that", "the", "their", "them", "then", "there", "these", "this", "use", "used",
            "using", "want", "was", "what", "when", "where", "which", "who", "why", "will", "with", "would", "write",
            "you", "your", "get", "set", "current", "given", "one", "user");

    private Words() {}

    /** Lower-case, at least 3 letters, without common words and plural endings; camelCase and snake_case are split. */
    static List<String> of(String text) {
        String spaced = text.substring(0, Math.min(text.length(), 20_000)).replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2");
        return Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 2 && !COMMON.contains(word))
                .map(word -> word.length() > 4 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
