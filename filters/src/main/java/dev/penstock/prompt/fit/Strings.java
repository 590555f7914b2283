package dev.penstock.prompt.fit;

import org.jspecify.annotations.Nullable;

/**
 * Reads strings. Where a quote stands inside a string unescaped, what follows it decides: it ends the string only where the
 * object could go on behind it.
 */
final class Strings {

    private static final char REPLACEMENT = '\uFFFD';
    private static final int LONGEST_KEY = 64;

    /** What a string is, and so what may stand behind it. */
    enum Role {
        KEY,
        MEMBER,
        ELEMENT
    }

    private final Tape tape;

    Strings(Tape tape) {
        this.tape = tape;
    }

    /** The string that begins here; absent when the text ends in it. */
    @Nullable
    String read(Role role) {
        char open = tape.peek();
        if (tape.isAt("\"\"\"") || tape.isAt("'''")) {
            return tripled(tape.text().substring(tape.at(), tape.at() + 3));
        }
        if (open != '"') {
            tape.mend();
        }
        tape.skip(1);
        return rest(role, open, Glyphs.closing(open));
    }

    private @Nullable String rest(Role role, char open, char close) {
        StringBuilder read = new StringBuilder();
        while (!tape.isOver()) {
            char c = tape.peek();
            if (Glyphs.closes(c, close) && (open == '"' ? c == '"' : true)) {
                if (ends(role)) {
                    tape.skip(1);
                    return whole(read);
                }
                tape.mend();
            }
            if (c == '\\') {
                escape(read);
            } else {
                if (c < ' ') {
                    tape.mend();
                }
                read.append(c);
                tape.skip(1);
            }
        }
        tape.cutHere();
        return null;
    }

    private @Nullable String tripled(String mark) {
        tape.mend();
        int from = tape.at() + mark.length();
        int end = tape.text().indexOf(mark, from);
        if (end < 0) {
            tape.to(tape.text().length());
            tape.cutHere();
            return null;
        }
        tape.to(end + mark.length());
        return whole(new StringBuilder(tape.text().substring(from, end)));
    }

    /** Whether the quote here ends the string. */
    private boolean ends(Role role) {
        int next = past(tape.at() + 1);
        if (next == tape.text().length()) {
            return true;
        }
        char c = tape.text().charAt(next);
        if (role == Role.KEY && (c == '}' || c == ']' || Glyphs.isComma(c))) {
            throw Tape.Unreadable.HERE;
        }
        if (role == Role.KEY || Glyphs.isColon(c)) {
            return role == Role.KEY && Glyphs.isColon(c);
        }
        if (c == '}' || c == ']' || (c == '/' && isComment(next))) {
            return true;
        }
        if (Glyphs.isComma(c)) {
            return role == Role.ELEMENT || isMember(past(next + 1));
        }
        return broken(next) && (role == Role.ELEMENT ? Glyphs.closing(c) != 0 : isKey(next));
    }

    private boolean isComment(int place) {
        return tape.text().startsWith("//", place) || tape.text().startsWith("/*", place);
    }

    /** A comma was forgotten: the next member follows, or the next line begins with a string. */
    private boolean broken(int next) {
        for (int i = tape.at() + 1; i < next; i++) {
            if (Glyphs.isSpace(tape.text().charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isMember(int place) {
        return place == tape.text().length()
                || tape.text().charAt(place) == '}'
                || tape.text().charAt(place) == ']'
                || Glyphs.isComma(tape.text().charAt(place))
                || isComment(place)
                || tape.text().charAt(place) == '#'
                || isKey(place);
    }

    /** Whether a key and a colon stand there; also a key that the text ends in, and one too long to look at. */
    private boolean isKey(int place) {
        char close = Glyphs.closing(tape.text().charAt(place));
        int most = Math.min(tape.text().length(), place + LONGEST_KEY);
        int end = close == 0 ? wordEnd(place, most) : quoteEnd(place + 1, most, close);
        tape.burn(LONGEST_KEY);
        if (end >= most || (close == 0 && end == place)) {
            return end >= most && close != 0;
        }
        int colon = past(close == 0 ? end : end + 1);
        return colon == tape.text().length() || Glyphs.isColon(tape.text().charAt(colon));
    }

    private int wordEnd(int from, int most) {
        int end = from;
        while (end < most && Glyphs.isWord(tape.text().charAt(end))) {
            end++;
        }
        return end;
    }

    private int quoteEnd(int from, int most, char close) {
        int end = from;
        while (end < most && !Glyphs.closes(tape.text().charAt(end), close)) {
            end += tape.text().charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }

    private int past(int from) {
        int place = from;
        while (place < tape.text().length() && Glyphs.isSpace(tape.text().charAt(place))) {
            place++;
        }
        tape.burn(place - from + 1);
        return place;
    }

    private void escape(StringBuilder read) {
        char c = tape.peek(1);
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0 && c != 0) {
            read.append("\"\\/\b\f\n\r\t".charAt(plain));
            tape.skip(2);
        } else if (c == 'u' && unit(tape.at() + 2) >= 0) {
            read.append((char) unit(tape.at() + 2));
            tape.skip(6);
        } else {
            tape.mend();
            boolean drops = c == 0 || c == '\'' || c == '`' || c == '\n' || Glyphs.closing(c) != 0;
            read.append(drops ? "" : "\\");
            tape.skip(1);
            if (drops && c != 0) {
                read.append(c);
                tape.skip(1);
            }
        }
    }

    private int unit(int from) {
        if (from + 4 > tape.text().length()) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(tape.text().charAt(i), 16);
            if (digit < 0 || tape.text().charAt(i) > 'f') {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Half a surrogate pair cannot be written as UTF-8. */
    private String whole(StringBuilder read) {
        for (int i = 0; i < read.length(); i++) {
            char c = read.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < read.length()
                    && Character.isLowSurrogate(read.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                read.setCharAt(i, REPLACEMENT);
                tape.mend();
            }
        }
        return read.toString();
    }
}
