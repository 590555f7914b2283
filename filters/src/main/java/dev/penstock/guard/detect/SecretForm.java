package dev.penstock.guard.detect;

import java.util.function.IntPredicate;

/**
 * How a kind of key looks, after gitleaks' rules: a beginning that nothing else has, and so many characters of an alphabet behind it.
 *
 * @param prefix case matters
 * @param least characters behind the prefix
 * @param most of them; more make it something else
 * @param entropy least bits a character of what is behind the prefix: {@code sk-xxxxxxxx} of a manual has less
 */
record SecretForm(String type, String prefix, IntPredicate alphabet, int least, int most, double entropy) {

    static final IntPredicate HEX = c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    static final IntPredicate UPPER = c -> c >= 'A' && c <= 'Z' || c >= '2' && c <= '7';
    static final IntPredicate ALNUM = c -> Chars.isAlnum((char) c);
    static final IntPredicate WORD = c -> c == '_' || ALNUM.test(c);
    static final IntPredicate DASH = c -> c == '-' || ALNUM.test(c);
    static final IntPredicate URL = c -> c == '-' || c == '_' || ALNUM.test(c);
    static final IntPredicate DOTTED = c -> c == '.' || URL.test(c);
    static final IntPredicate BASE64 = c -> c == '+' || c == '/' || c == '=' || ALNUM.test(c);

    static SecretForm of(String type, String prefix, IntPredicate alphabet, int least, int most) {
        return new SecretForm(type, prefix, alphabet, least, most, alphabet == HEX ? 2.5 : 3.0);
    }

    /** The end of the key that begins at {@code at}; -1 where none does. */
    int end(String text, int at) {
        int from = at + prefix.length();
        if (!text.startsWith(prefix, at) || at > 0 && isGlued(text.charAt(at - 1))) {
            return -1;
        }
        int end = from;
        while (end < text.length() && end - from < most && alphabet.test(text.charAt(end))) {
            end++;
        }
        boolean over = end < text.length() && end - from == most && alphabet.test(text.charAt(end));
        return over || end - from < least || Entropy.of(text, from, end) < entropy ? -1 : end;
    }

    private boolean isGlued(char before) {
        return Chars.isAlnum(before) || before == '_';
    }
}
