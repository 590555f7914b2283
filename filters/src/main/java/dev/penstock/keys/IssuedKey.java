package dev.penstock.keys;

import dev.penstock.core.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key that was issued to a service, as it is stored: without its secrets.
 *
 * @param expires absent for one that does not
 * @param revoked absent while it is not
 * @param secrets the newest last; more than one while a rotation overlaps
 */
record IssuedKey(
        String id,
        String service,
        String name,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        List<Secret> secrets) {

    /** What is stored of one secret; {@code until} is absent for the newest. */
    record Secret(String digest, Optional<Instant> until) {}

    /** What a key is good for now. */
    enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    static IssuedKey of(String id, ObjectNode document) {
        List<Secret> secrets = document.path("secrets")
                .valueStream()
                .map(each -> new Secret(Json.string(each, "digest"), instant(each, "until")))
                .toList();
        return new IssuedKey(
                id,
                Json.string(document, "service"),
                Json.string(document, "name"),
                instant(document, "created").orElse(Instant.EPOCH),
                instant(document, "expires"),
                instant(document, "revoked"),
                secrets);
    }

    /** Those that were issued, of all documents; one that cannot be read is told of and left out, so its secrets are good for nothing. */
    static List<IssuedKey> in(Map<String, ObjectNode> documents, Consumer<String> unreadable) {
        List<IssuedKey> found = new ArrayList<>();
        documents.forEach((id, document) -> {
            try {
                if (!Revocations.isDeclared(document)) {
                    found.add(of(id, document));
                }
            } catch (DateTimeException broken) {
                unreadable.accept(id);
            }
        });
        return found;
    }

    ObjectNode document() {
        ObjectNode document = Json.object()
                .put("service", service)
                .put("name", name)
                .put("created", created.toString())
                .put("expires", text(expires))
                .put("revoked", text(revoked));
        var list = document.putArray("secrets");
        secrets.forEach(each -> list.addObject().put("digest", each.digest()).put("until", text(each.until())));
        return document;
    }

    IssuedKey revoke(Instant at) {
        return new IssuedKey(id, service, name, created, expires, revoked.or(() -> Optional.of(at)), secrets);
    }

    /** With a new secret; the newest before it goes on until {@code overlap} is over, and older ones end now. */
    IssuedKey rotate(String digest, Instant overlapEnds) {
        Secret old = secrets.get(secrets.size() - 1);
        List<Secret> both = Stream.of(
                        new Secret(old.digest(), Optional.of(overlapEnds)), new Secret(digest, Optional.empty()))
                .toList();
        return new IssuedKey(id, service, name, created, expires, revoked, both);
    }

    State at(Instant now) {
        return revoked.isPresent() ? State.REVOKED : isOver(expires, now) ? State.EXPIRED : State.ACTIVE;
    }

    static boolean isOver(Optional<Instant> end, Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    private static Optional<Instant> instant(JsonNode node, String member) {
        String text = Json.string(node, member);
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }
}
