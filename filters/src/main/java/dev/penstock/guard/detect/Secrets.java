package dev.penstock.guard.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keys, tokens and private keys. */
public final class Secrets implements Detector {

    public static final String OWN = "penstock-key";
    public static final String PRIVATE = "private-key";
    public static final String TOKEN = "jwt";
    public static final String ASSIGNED = "assigned-secret";

    private static final String PEM = "-----BEGIN ";

    /** Names of variables; what is assigned to them has to look drawn at random. */
    private static final List<String> NAMES = List.of(
            "api_key",
            "api-key",
            "apikey",
            "secret_key",
            "secret-key",
            "secret_access_key",
            "client_secret",
            "access_token",
            "auth_token");

    private static final List<String> KEYWORDS = keywordsOfAll();
    private static final int FORMS = SecretForms.ALL.size();

    private static List<String> keywordsOfAll() {
        List<String> all = new ArrayList<>();
        SecretForms.ALL.forEach(form -> all.add(form.prefix()));
        all.addAll(List.of("psk_", "psa_", "eyJ", PEM));
        all.addAll(NAMES);
        return List.copyOf(all);
    }

    /** Every type that it may find. */
    public static Set<String> types() {
        Set<String> types = new TreeSet<>(List.of(OWN, PRIVATE, TOKEN, ASSIGNED));
        SecretForms.ALL.forEach(form -> types.add(form.type()));
        return types;
    }

    @Override
    public List<String> keywords() {
        return KEYWORDS;
    }

    @Override
    public void find(String text, Glance glance, int first, List<Match> to) {
        if (glance.count() == 0) {
            return;
        }
        PemKeys pem = new PemKeys(text);
        glance.each(
                first,
                KEYWORDS.size(),
                (at, keyword) -> at(text, at, keyword, pem).ifPresent(to::add));
    }

    private static Optional<Match> at(String text, int at, int keyword, PemKeys pem) {
        if (keyword < FORMS) {
            SecretForm form = SecretForms.ALL.get(keyword);
            return match(form.type(), at, form.end(text, at));
        }
        return switch (keyword - FORMS) {
            case 0, 1 -> match(OWN, at, OwnKeys.end(text, at));
            case 2 -> match(TOKEN, at, Jwts.end(text, at));
            case 3 -> pem.match(at);
            default -> Assignments.match(text, at + KEYWORDS.get(keyword).length());
        };
    }

    private static Optional<Match> match(String type, int start, int end) {
        return end < 0 ? Optional.empty() : Optional.of(new Match(type, start, end, Growth.TOKEN));
    }

    @Override
    public int open(String text) {
        int pem = text.lastIndexOf("-----BEGIN");
        int word = Tails.word(text);
        return pem < 0 || text.length() - pem > PemKeys.LONGEST_OPENING ? word : Math.min(pem, word);
    }
}
