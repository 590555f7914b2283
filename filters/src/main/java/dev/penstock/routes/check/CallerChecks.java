package dev.penstock.routes.check;

import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the keys of {@code services:}, each alone and against those of all others. */
final class CallerChecks {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String NO_TEAMS =
            "%s is not declared (expected: a line of its own under teams:, such as NAME: {})";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]*");

    private final Problems problems;
    private final Set<String> teams;
    private final Map<String, Key> byDigest = new HashMap<>();

    CallerChecks(Problems problems, Set<String> teams) {
        this.problems = problems;
        this.teams = teams;
    }

    void check(ServiceConfig service, Tree at) {
        service.team().ifPresent(team -> team(team, at.nearest("team")));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < service.keys().size(); i++) {
            CallerKeyConfig key = service.keys().get(i);
            Tree entry = Lists.item(at.nearest("keys"), i);
            if (!ids.add(key.id())) {
                problems.add(entry.nearest("id"), "a key id used twice (expected: one of its own for each key)");
            }
            if (shaped(key, entry)) {
                digest(key).ifPresent(digest -> unique(digest, entry, at));
            }
        }
    }

    private boolean shaped(CallerKeyConfig key, Tree at) {
        if (key.value().isPresent() == key.sha256().isPresent()) {
            problems.add(
                    at,
                    "a key with " + (key.value().isPresent() ? "both" : "neither")
                            + " value and sha256 (expected: exactly one of value, sha256)");
            return false;
        }
        if (key.sha256()
                .filter(it -> !it.isEmpty() && !DIGEST.matcher(it).matches())
                .isPresent()) {
            problems.add(at.nearest("sha256"), "a value (expected: 64 hex digits)");
            return false;
        }
        if (key.value().filter(it -> !KEY.matcher(it).matches()).isPresent()) {
            problems.add(
                    at.nearest("value"), "a value that no header can carry (expected: printable ASCII without spaces)");
            return false;
        }
        return true;
    }

    // a service may name its own key twice, such as once by a variable: the stricter of the two holds
    private void unique(String digest, Tree at, Tree service) {
        Key first = byDigest.putIfAbsent(digest, new Key(at, service));
        if (first != null && first.service() != service) {
            problems.add(
                    at,
                    "the same key as " + first.at().path() + " at " + first.at().place()
                            + " (expected: a key of its own)");
        }
    }

    private void team(String team, Tree at) {
        if (teams.contains(team)) {
            return;
        }
        problems.add(at, teams.isEmpty() ? NO_TEAMS.formatted(at.kind()) : Names.unknown("team", at, team, teams));
    }

    private record Key(Tree at, Tree service) {}

    private static Optional<String> digest(CallerKeyConfig key) {
        return key.sha256()
                .filter(it -> !it.isEmpty())
                .map(it -> it.toLowerCase(Locale.ROOT))
                .or(() -> key.value().filter(it -> !it.isEmpty()).map(Digests::sha256));
    }
}
