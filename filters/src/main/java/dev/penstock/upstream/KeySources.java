package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.credential.Credential;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The secrets of a provider's keys as they stand now; reads the disk. Thread-safe. */
final class KeySources {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private final Secrets secrets;

    KeySources(Secrets secrets) {
        this.secrets = secrets;
    }

    /** In routes.yml, or the file that it names. */
    Optional<Credential> declared(Provider provider, String id) {
        return provider.config().presentKeys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .flatMap(key -> key.value().or(() -> key.file().flatMap(secrets::in)))
                .map(secret -> new Credential(id, secret));
    }

    /** Where a reference says. @throws GatewayException when there is none of the right form */
    Credential of(Provider provider, String id, ObjectNode reference) {
        return secrets.of(id, reference, provider.config());
    }

    /** The same; empty when there is none. */
    Optional<Credential> referred(Provider provider, String id, ObjectNode reference) {
        try {
            return Optional.of(of(provider, id, reference));
        } catch (GatewayException unreadable) {
            LOG.debug("key {}/{}: {}", provider.name(), id, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
