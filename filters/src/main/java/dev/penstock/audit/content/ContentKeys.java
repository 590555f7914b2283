package dev.penstock.audit.content;

import dev.penstock.core.Json;
import dev.penstock.journal.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The file {@code content-keys}: each service's key, wrapped by the master key. Thread-safe; writes the disk. */
public final class ContentKeys {

    static final String FILE = "content-keys";
    private static final int ID_BYTES = 8;

    private final Path file;
    private final MasterKey master;
    private final Clock clock;
    private final Map<String, Key> byId = new LinkedHashMap<>();

    /**
     * Reads it, where there is one.
     *
     * @throws IllegalArgumentException when the master key is another than the one that wrapped them
     */
    public ContentKeys(Path data, MasterKey master, Clock clock) {
        this.file = data.resolve(FILE);
        this.master = master;
        this.clock = clock;
        read();
    }

    /**
     * A service's.
     *
     * @param aes null when the key is erased
     */
    private record Key(
            String id,
            String service,
            String since,
            String wrapped,
            @org.jspecify.annotations.Nullable Aes aes) {

        private boolean alive() {
            return aes != null;
        }
    }

    /** A key to seal with. */
    record Sealing(String id, Aes aes) {}

    /** The service's, drawn and made durable when it has none. */
    synchronized Sealing of(String service) throws IOException {
        for (Key key : byId.values()) {
            if (key.service().equals(service) && key.aes() != null) {
                return new Sealing(key.id(), key.aes());
            }
        }
        String id = HexFormat.of().formatHex(random(ID_BYTES));
        byte[] drawn = random(Aes.KEY_BYTES);
        String wrapped = Base64.getEncoder().encodeToString(master.wrap(drawn, name(id, service)));
        Aes aes = new Aes(drawn);
        byId.put(id, new Key(id, service, clock.instant().toString(), wrapped, aes));
        try {
            write();
        } catch (IOException failure) {
            byId.remove(id);
            throw failure;
        }
        return new Sealing(id, aes);
    }

    /** Empty when the key was erased, or never was. */
    synchronized Optional<Aes> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Key::aes);
    }

    synchronized boolean erased(String id) {
        return Optional.ofNullable(byId.get(id)).filter(key -> !key.alive()).isPresent();
    }

    /** Drops the service's keys for good, durably; what is said from now on has a new one. Returns the ids of those dropped. */
    public synchronized List<String> erase(String service) throws IOException {
        List<Key> dropped = new ArrayList<>();
        for (Key key : List.copyOf(byId.values())) {
            if (key.service().equals(service) && key.alive()) {
                dropped.add(key);
                byId.put(key.id(), new Key(key.id(), service, key.since(), "", null));
            }
        }
        if (!dropped.isEmpty()) {
            try {
                write();
            } catch (IOException failure) {
                dropped.forEach(key -> byId.put(key.id(), key));
                throw failure;
            }
        }
        return dropped.stream().map(Key::id).toList();
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (JsonNode node :
                    Json.LENIENT_DEPTH.read(Files.readAllBytes(file)).path("keys")) {
                String id = Json.string(node, "id");
                String service = Json.string(node, "service");
                String wrapped = Json.string(node, "wrapped");
                Aes aes = wrapped.isEmpty() ? null : unwrapped(id, service, wrapped);
                byId.put(id, new Key(id, service, Json.string(node, "since"), wrapped, aes));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Aes unwrapped(String id, String service, String wrapped) {
        return master.unwrap(Base64.getDecoder().decode(wrapped), name(id, service))
                .map(Aes::new)
                .orElseThrow(() -> new IllegalArgumentException(file + ": the key of service '" + service
                        + "' was wrapped by another master key (expected: the one of the first start)"));
    }

    private void write() throws IOException {
        ObjectNode json = Json.object();
        ArrayNode keys = json.putArray("keys");
        byId.values()
                .forEach(key -> keys.addObject()
                        .put("id", key.id())
                        .put("service", key.service())
                        .put("since", key.since())
                        .put("wrapped", key.wrapped()));
        DataDirectory.replace(file, Json.LENIENT_DEPTH.write(json));
    }

    private static String name(String id, String service) {
        return id + "/" + service;
    }

    private static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        new SecureRandom().nextBytes(drawn);
        return drawn;
    }
}
