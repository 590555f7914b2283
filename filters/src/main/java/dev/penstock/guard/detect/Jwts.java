package dev.penstock.guard.detect;

/** JSON web tokens: two parts that are encoded objects; the signature, if one is there, belongs to it. */
final class Jwts {

    private static final int SHORTEST_PART = 10;
    private static final String OBJECT = "eyJ";

    private Jwts() {}

    static int end(String text, int at) {
        if (!text.startsWith(OBJECT, at)
                || at > 0 && Chars.isToken(text.charAt(at - 1)) && text.charAt(at - 1) != '=') {
            return -1;
        }
        int header = part(text, at);
        boolean payload = header - at >= SHORTEST_PART && text.startsWith("." + OBJECT, header);
        int end = payload ? part(text, header + 1) : -1;
        if (end - header - 1 < SHORTEST_PART) {
            return -1;
        }
        int signature = end < text.length() && text.charAt(end) == '.' ? part(text, end + 1) : end;
        return signature > end + 1 ? signature : end;
    }

    private static int part(String text, int from) {
        int at = from;
        while (at < text.length() && SecretForm.URL.test(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
