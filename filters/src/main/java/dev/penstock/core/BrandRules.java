package dev.penstock.core;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a brand forbids and demands, checked without a model: forbidden terms, names of competitors, disclaimers. Terms are whole
 * words; case, accents, the width of characters and the kind of space make no difference. Immutable.
 */
public record BrandRules(List<String> forbidden, List<String> competitors, List<String> disclaimers) {

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** The words in findings. */
    public enum Rule {
        FORBIDDEN_TERM,
        COMPETITOR,
        MISSING_DISCLAIMER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param field where the term stands; empty for a disclaimer that stands nowhere
     * @param term as the rules write it
     */
    public record Finding(Rule rule, String field, String term) {}

    public BrandRules {
        forbidden = List.copyOf(forbidden);
        competitors = List.copyOf(competitors);
        disclaimers = List.copyOf(disclaimers);
    }

    /** From guidelines as callers write them: {@code forbidden_terms}, {@code competitors}, {@code required_disclaimers}. */
    public static BrandRules of(JsonNode guidelines) {
        return new BrandRules(
                texts(guidelines.path("forbidden_terms")),
                texts(guidelines.path("competitors")),
                texts(guidelines.path("required_disclaimers")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> {
            if (text.isString() && !folded(text.stringValue()).isEmpty()) {
                texts.add(text.stringValue());
            }
        });
        return texts;
    }

    /** Everything that is wrong with these texts, by the order of the rules; each term once for each field. */
    public List<Finding> check(Map<String, String> fields) {
        List<Finding> findings = new ArrayList<>();
        fields.forEach((field, text) -> {
            String folded = folded(text);
            terms(Rule.FORBIDDEN_TERM, forbidden, field, folded, findings);
            terms(Rule.COMPETITOR, competitors, field, folded, findings);
        });
        for (String disclaimer : disclaimers) {
            if (fields.values().stream().noneMatch(text -> holds(folded(text), folded(disclaimer)))) {
                findings.add(new Finding(Rule.MISSING_DISCLAIMER, "", disclaimer));
            }
        }
        return List.copyOf(findings);
    }

    private static void terms(Rule rule, List<String> terms, String field, String text, List<Finding> findings) {
        for (String term : terms) {
            if (holds(text, folded(term))) {
                findings.add(new Finding(rule, field, term));
            }
        }
    }

    /** Whether the term stands in the text with no letter or digit of its word before or behind it. */
    private static boolean holds(String text, String term) {
        for (int at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
            int end = at + term.length();
            boolean begins = at == 0 || !joins(text.codePointBefore(at), term.codePointAt(0));
            boolean ends = end == text.length() || !joins(text.codePointAt(end), term.codePointBefore(term.length()));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    /** Scripts that are written without spaces have no ends of words to look for. */
    private static boolean joins(int outside, int inside) {
        return Character.isLetterOrDigit(outside)
                && Character.isLetterOrDigit(inside)
                && !UNSPACED.contains(UnicodeScript.of(outside))
                && !UNSPACED.contains(UnicodeScript.of(inside));
    }

    private static String folded(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[\\p{Mn}\\u200B-\\u200D\\u2060\\uFEFF\\u00AD]", "")
                .replace('\u2019', '\'');
        return plain.toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
    }
}
