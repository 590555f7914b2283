package dev.penstock.core;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a brand's texts must not and must hold, decided without a model. Letter case, compatibility forms, invisible characters
 * and the kind of white space make no difference; a term counts as whole words only.
 *
 * @param forbidden terms that must not stand there
 * @param competitors names that must not stand there
 * @param disclaimers texts that must
 */
public record BrandRules(List<String> forbidden, List<String> competitors, List<String> disclaimers) {

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    public BrandRules {
        forbidden = List.copyOf(forbidden);
        competitors = List.copyOf(competitors);
        disclaimers = List.copyOf(disclaimers);
    }

    public enum Rule {
        FORBIDDEN_TERM,
        COMPETITOR,
        MISSING_DISCLAIMER
    }

    /** A rule that a text breaks; {@code term} is the rule's own word, as the brand wrote it. */
    public record Finding(Rule rule, String term) {}

    /** In the order of the rules; empty when the text breaks none. Blank terms are no rules. Linear in the text for each term. */
    public List<Finding> findings(String text) {
        String plain = plain(text);
        List<Finding> found = new ArrayList<>();
        for (String term : forbidden) {
            if (holds(plain, plain(term))) {
                found.add(new Finding(Rule.FORBIDDEN_TERM, term));
            }
        }
        for (String name : competitors) {
            if (holds(plain, plain(name))) {
                found.add(new Finding(Rule.COMPETITOR, name));
            }
        }
        for (String disclaimer : disclaimers) {
            if (!plain.contains(plain(disclaimer))) {
                found.add(new Finding(Rule.MISSING_DISCLAIMER, disclaimer));
            }
        }
        return found;
    }

    private static boolean holds(String text, String term) {
        for (int at = term.isEmpty() ? -1 : text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
            if (isEdge(text, at) && isEdge(text, at + term.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word goes on across this place. Scripts without spaces between words have an edge everywhere. */
    private static boolean isEdge(String text, int at) {
        return at == 0 || at == text.length() || !(joins(text.codePointBefore(at)) && joins(text.codePointAt(at)));
    }

    private static boolean joins(int point) {
        return Character.isLetterOrDigit(point) && !Character.isIdeographic(point) && !isKana(point);
    }

    private static boolean isKana(int point) {
        return point >= 0x3040 && point <= 0x30FF;
    }

    private static String plain(String text) {
        String visible = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("");
        return SPACE.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
