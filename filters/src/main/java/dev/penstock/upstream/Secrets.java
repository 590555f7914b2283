package dev.penstock.upstream;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyForms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads secrets where a reference says; reads the disk, so never on an event loop. Thread-safe. */
final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Function<String, @Nullable String> environment;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** @param environment a property by its name, such as a variable of the environment */
    Secrets(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** Whether it says where its key is to be read; of one that is declared, routes.yml does. */
    static boolean isReference(ObjectNode document) {
        return (document.has("env") || document.has("file"))
                && !document.path("declared").asBoolean(false);
    }

    /** What a document with {@code env} or {@code file} refers to. @throws GatewayException when there is none of the right form */
    Credential of(String id, ObjectNode reference, ProviderConfig config) {
        String variable = Json.string(reference, "env");
        String secret = variable.isEmpty()
                ? in(Json.string(reference, "file"))
                        .orElseThrow(() ->
                                GatewayException.invalid("file", "cannot be read", "a readable file at every instance"))
                : Optional.ofNullable(environment.apply(variable))
                        .map(String::strip)
                        .orElseThrow(
                                () -> GatewayException.invalid("env", "is not set", "a property at every instance"));
        String host = config.baseUrl().map(URI::getHost).orElse("");
        KeyForms.expected(host, secret).ifPresent(expected -> {
            throw GatewayException.invalid(variable.isEmpty() ? "file" : "env", "holds no such key", expected);
        });
        return new Credential(id, secret);
    }

    /** The content of a file; empty when it cannot be read. */
    Optional<String> in(String file) {
        try {
            Path path = Path.of(file);
            String text = Files.readString(path).strip();
            warn(file, path);
            return Optional.of(text);
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    private void warn(String file, Path path) throws IOException {
        boolean open = Files.getFileStore(path).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        if (open && warned.add(file)) {
            LOG.warn("{} can be read by others (expected: mode 0400 or 0600)", file);
        }
    }
}
