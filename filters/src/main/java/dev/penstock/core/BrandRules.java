package dev.penstock.core;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a brand forbids and demands of a text, word for word: no model is asked. Case, accents, widths, invisible characters and
 * runs of white space make no difference; a term is found as a whole word, and anywhere in scripts that do not part words.
 *
 * @param forbiddenTerms must not be there
 * @param requiredDisclaimers each must be there in full, in one of the texts
 * @param competitors names that must not be there
 */
public record BrandRules(List<String> forbiddenTerms, List<String> requiredDisclaimers, List<String> competitors) {

    public static final BrandRules NONE = new BrandRules(List.of(), List.of(), List.of());

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{M}\\p{Cf}]+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    public BrandRules {
        forbiddenTerms = List.copyOf(forbiddenTerms);
        requiredDisclaimers = List.copyOf(requiredDisclaimers);
        competitors = List.copyOf(competitors);
    }

    /** What a text may break. */
    public enum Rule {
        FORBIDDEN_TERM,
        COMPETITOR,
        MISSING_DISCLAIMER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param field where it is; empty for what is missing from all
     * @param term as the rules write it
     */
    public record Finding(Rule rule, String field, String term) {}

    public boolean isEmpty() {
        return forbiddenTerms.isEmpty() && requiredDisclaimers.isEmpty() && competitors.isEmpty();
    }

    /** The two together, each rule once. */
    public BrandRules and(BrandRules other) {
        return new BrandRules(
                both(forbiddenTerms, other.forbiddenTerms),
                both(requiredDisclaimers, other.requiredDisclaimers),
                both(competitors, other.competitors));
    }

    private static List<String> both(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        other.stream().filter(term -> !one.contains(term)).forEach(all::add);
        return all;
    }

    /** The same of one text. */
    public List<Finding> findings(String text) {
        return findings(Map.of("", text));
    }

    /** Everything that is wrong with these texts, by the names of their fields; terms before names before what is missing. */
    public List<Finding> findings(Map<String, String> texts) {
        List<Finding> findings = new ArrayList<>();
        List<Map.Entry<String, String>> folded = texts.entrySet().stream()
                .map(text -> Map.entry(text.getKey(), folded(text.getValue())))
                .toList();
        add(Rule.FORBIDDEN_TERM, forbiddenTerms, folded, findings);
        add(Rule.COMPETITOR, competitors, folded, findings);
        for (String disclaimer : requiredDisclaimers) {
            String wanted = folded(disclaimer);
            if (folded.stream().noneMatch(text -> text.getValue().contains(wanted))) {
                findings.add(new Finding(Rule.MISSING_DISCLAIMER, "", disclaimer));
            }
        }
        return findings;
    }

    private static void add(
            Rule rule, List<String> terms, List<Map.Entry<String, String>> texts, List<Finding> findings) {
        for (String term : terms) {
            String wanted = folded(term);
            for (Map.Entry<String, String> text : texts) {
                if (!wanted.isEmpty() && hasWord(text.getValue(), wanted)) {
                    findings.add(new Finding(rule, text.getKey(), term));
                }
            }
        }
    }

    /** Compatibility forms taken apart, marks and invisible characters dropped, lower case, one space for many. */
    static String folded(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String bare =
                INVISIBLE.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT).replace("ß", "ss");
        return SPACES.matcher(bare).replaceAll(" ").strip();
    }

    private static boolean hasWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = at == 0 || parts(text.codePointBefore(at), word.codePointAt(0));
            boolean ends = end == text.length() || parts(text.codePointAt(end), word.codePointBefore(word.length()));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word ends between these two. */
    private static boolean parts(int outside, int inside) {
        boolean both = Character.isLetterOrDigit(outside) && Character.isLetterOrDigit(inside);
        return !both || Character.isIdeographic(outside) || Character.isIdeographic(inside) || isKana(inside);
    }

    private static boolean isKana(int character) {
        Character.UnicodeScript script = Character.UnicodeScript.of(character);
        return script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.THAI;
    }
}
