package dev.penstock.prompt.template;

import dev.penstock.prompt.template.Expression.Call;
import dev.penstock.prompt.template.Expression.Default;
import dev.penstock.prompt.template.Expression.Literal;
import dev.penstock.prompt.template.Expression.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads {@code a.b[0] ?: 'text'} and {@code f(x, 'y')}. Nothing else is an expression, so nothing has to be forbidden.
 *
 * <p>One instance an expression.
 */
final class ExpressionParser {

    /** What Thymeleaf itself would read in a literal before the evaluator sees it. */
    private static final String NOT_IN_LITERALS = "\"&\\|{}<>[]";

    private static final int DEEPEST = 20;

    private final String text;
    private int at;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException saying what was found and what was expected */
    static Expression parse(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Expression found = parser.expression();
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.unexpected("the end of the expression");
        }
        return found;
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw unexpected("at most " + DEEPEST + " levels");
        }
        Expression first = term();
        skipSpace();
        if (text.startsWith("?:", at)) {
            at += 2;
            first = new Default(first, expression());
        }
        depth--;
        return first;
    }

    private Expression term() {
        skipSpace();
        if (peek() == '\'') {
            return new Literal(literal());
        }
        if (isDigit(peek())) {
            return new Literal((long) number());
        }
        String name = name();
        return peek() == '(' ? call(name) : path(name);
    }

    private Expression call(String name) {
        PureFunction function = PureFunction.named(name)
                .orElseThrow(() -> new IllegalArgumentException("function '"
                        + name + "' (expected one of: "
                        + Arrays.stream(PureFunction.values())
                                .map(PureFunction::word)
                                .collect(Collectors.joining(", "))
                        + ")"));
        List<Expression> arguments = new ArrayList<>();
        do {
            at++;
            arguments.add(expression());
            skipSpace();
        } while (peek() == ',');
        expect(')');
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException(
                    "function '" + name + "' " + arguments.size() + " arguments (expected: " + function.arity() + ")");
        }
        return new Call(function, List.copyOf(arguments));
    }

    private Expression path(String root) {
        List<Object> steps = new ArrayList<>();
        while (true) {
            if (peek() == '.') {
                at++;
                steps.add(name());
            } else if (peek() == '[') {
                at++;
                steps.add(number());
                expect(']');
            } else {
                return new Path(root, List.copyOf(steps));
            }
        }
    }

    private String literal() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw unexpected("a closing '");
        }
        String found = text.substring(at + 1, end);
        if (found.chars().anyMatch(c -> NOT_IN_LITERALS.indexOf(c) >= 0 || c < ' ')) {
            throw unexpected("a text without control characters and " + NOT_IN_LITERALS);
        }
        at = end + 1;
        return found;
    }

    private String name() {
        int from = at;
        while (isNameChar(peek()) && (at > from || !isDigit(peek()))) {
            at++;
        }
        String found = text.substring(from, at);
        if (found.isEmpty() || found.equals("new")) {
            at = from;
            throw unexpected("a name");
        }
        return found;
    }

    private int number() {
        int from = at;
        while (isDigit(peek()) && at - from < 9) {
            at++;
        }
        if (at == from) {
            throw unexpected("a number");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private void expect(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (peek() == ' ') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isNameChar(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException unexpected(String wanted) {
        String found = at < text.length() ? "'" + text.substring(at) + "'" : "the end";
        return new IllegalArgumentException("expression '" + text + "' " + found + " (expected: " + wanted + ")");
    }
}
