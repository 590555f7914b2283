package dev.penstock.routes.check;

import dev.penstock.keys.CallerSettings.IdentityConfig;
import dev.penstock.keys.jwt.JwtConfig;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.net.URI;
import java.util.Set;

/** Checks {@code callers:}. */
final class IdentityChecks {

    private static final Set<String> ATTRIBUTES = Set.of("CN", "OU", "O", "UID");

    private final Problems problems;

    IdentityChecks(Problems problems) {
        this.problems = problems;
    }

    void check(IdentityConfig identities, Tree at) {
        identities.tokens().ifPresent(jwt -> token(jwt, at.nearest("jwt")));
        identities.mtls().map(it -> it.subject()).filter(it -> !it.isEmpty()).ifPresent(subject -> {
            if (!ATTRIBUTES.contains(subject)) {
                Tree found = at.nearest("mtls").nearest("subject");
                problems.add(found, found.kind() + " (expected: one of CN, OU, O, UID)");
            }
        });
    }

    private void token(JwtConfig jwt, Tree at) {
        address(jwt.issuer(), jwt.allowPrivate(), at.nearest("issuer"));
        jwt.jwks().ifPresent(jwks -> address(jwks.toString(), jwt.allowPrivate(), at.nearest("jwks")));
        if (jwt.audience().isEmpty()) {
            problems.add(
                    at.nearest("audience"),
                    "an empty audience (expected: what the tokens' aud holds for this gateway)");
        }
        if (jwt.claim().isEmpty()) {
            problems.add(at.nearest("claim"), "an empty claim (expected: the one that names the service, such as sub)");
        }
    }

    private void address(String text, boolean allowPrivate, Tree at) {
        boolean secure = text.startsWith("https://");
        if (!secure && !(allowPrivate && text.startsWith("http://")) || hostless(text)) {
            problems.add(at, at.kind() + " (expected: an https URL; allow-private: true allows http)");
        } else if (!allowPrivate && Hosts.isPrivate(URI.create(text).getHost())) {
            problems.add(at, at.kind() + " is a private address (expected: a public one, or allow-private: true)");
        }
    }

    private static boolean hostless(String text) {
        try {
            return URI.create(text).getHost() == null;
        } catch (IllegalArgumentException broken) {
            return true;
        }
    }
}
