package dev.penstock.guard.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Regular expressions that operators write, under names that they give them; run by RE2/J in linear time. */
public final class Expressions implements Detector {

    private final Map<String, Pattern> patterns = new TreeMap<>();

    /** @throws IllegalArgumentException that says what is wrong with an expression */
    public Expressions(Map<String, String> expressions) {
        expressions.forEach((name, expression) -> patterns.put(name, pattern(expression)));
    }

    /** @throws IllegalArgumentException when it is none, or one that is found in an empty text */
    public static Pattern pattern(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(wrong.getDescription(), wrong);
        }
        if (pattern.matches("")) {
            throw new IllegalArgumentException("it is found in every text");
        }
        return pattern;
    }

    @Override
    public List<String> keywords() {
        return List.of();
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        patterns.forEach((name, pattern) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    to.add(Match.of(name, matcher.start(), matcher.end()));
                }
            }
        });
    }

    /** An expression may begin anywhere. */
    @Override
    public int open(String text) {
        return Tails.most(text);
    }
}
