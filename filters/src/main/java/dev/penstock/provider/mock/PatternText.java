package dev.penstock.provider.mock;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Makes text that matches a simple regular expression: literals, escapes, classes, groups, the first alternative, quantifiers
 * and anchors. Look-around, back-references and Unicode classes are not simple.
 */
final class PatternText {

    private static final int MOST_REPEATS = 1000;
    private static final int STEPS = 20_000;
    private static final int DEEPEST = 50;
    private static final int[] EXTRAS = IntStream.concat(IntStream.range(0, 40), IntStream.of(64, 128, 256, 512))
            .toArray();

    private final String pattern;
    private final int extra;
    private final RandomGenerator random;
    private final Allowance allowance = new Allowance(STEPS);
    private int at;
    private int depth;

    private PatternText(String pattern, int extra, RandomGenerator random) {
        this.pattern = pattern;
        this.extra = extra;
        this.random = random;
    }

    /** At least {@code least} characters where the pattern allows them; empty when it is not simple. */
    static Optional<String> of(String pattern, int least, RandomGenerator random) {
        String text = "";
        try {
            for (int extra : EXTRAS) {
                text = new PatternText(pattern, extra, random).whole();
                if (text.length() >= least) {
                    break;
                }
            }
            return Optional.of(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException notSimple) {
            return Optional.empty();
        }
    }

    private String whole() {
        String text = alternatives();
        if (at < pattern.length()) {
            throw new IllegalArgumentException("unbalanced");
        }
        return text;
    }

    /** The first alternative; the others are read over. */
    private String alternatives() {
        String first = sequence();
        while (more() && peek() == '|') {
            at++;
            sequence();
        }
        return first;
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (more() && peek() != '|' && peek() != ')') {
            int from = at;
            String atom = atom();
            int to = at;
            int repeats = repeats();
            int end = at;
            text.append(repeats > 0 ? atom : "");
            for (int i = 1; i < repeats; i++) {
                at = from;
                text.append(atom());
            }
            at = Math.max(end, to);
        }
        return text.toString();
    }

    private String atom() {
        if (!allowance.take()) {
            throw new IllegalArgumentException("too long");
        }
        char next = pattern.charAt(at++);
        return switch (next) {
            case '^', '$' -> "";
            case '.' -> "a";
            case '(' -> group();
            case '[' -> CharClass.bracket(this, random);
            case '\\' -> CharClass.escape(pattern.charAt(at++), random);
            case '*', '+', '?', '{' -> throw new IllegalArgumentException("nothing to repeat");
            default -> String.valueOf(next);
        };
    }

    private String group() {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (peek() == '?') {
            throw new IllegalArgumentException("look-around or named group");
        }
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        String text = alternatives();
        depth--;
        if (pattern.charAt(at++) != ')') {
            throw new IllegalArgumentException("open group");
        }
        return text;
    }

    private int repeats() {
        if (!more()) {
            return 1;
        }
        int least = 1;
        int most = 1;
        switch (peek()) {
            case '*' -> {
                least = 0;
                most = MOST_REPEATS;
            }
            case '+' -> most = MOST_REPEATS;
            case '?' -> least = 0;
            case '{' -> {
                return braces();
            }
            default -> {
                return 1;
            }
        }
        at++;
        lazy();
        return Math.min(most, least + extra);
    }

    private int braces() {
        int end = pattern.indexOf('}', at);
        String[] bounds = pattern.substring(at + 1, end).split(",", 2);
        at = end + 1;
        lazy();
        int least = Math.min(Integer.parseInt(bounds[0]), MOST_REPEATS);
        if (bounds.length == 1) {
            return least;
        }
        int most = bounds[1].isEmpty() ? MOST_REPEATS : Integer.parseInt(bounds[1]);
        return Math.min(most, least + extra);
    }

    private void lazy() {
        if (more() && (peek() == '?' || peek() == '+')) {
            at++;
        }
    }

    boolean more() {
        return at < pattern.length();
    }

    char peek() {
        return pattern.charAt(at);
    }

    char next() {
        return pattern.charAt(at++);
    }
}
