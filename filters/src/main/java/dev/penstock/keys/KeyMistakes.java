package dev.penstock.keys;

import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds declared keys that cannot work. Never says a key's text. */
final class KeyMistakes {

    private final Map<String, String> found = new LinkedHashMap<>();
    private final Map<String, String> pathByDigest = new HashMap<>();

    private KeyMistakes() {}

    static Map<String, String> of(CallerSettings settings) {
        KeyMistakes mistakes = new KeyMistakes();
        settings.services().forEach((name, service) -> mistakes.look("services." + name + ".keys", service.keys()));
        return mistakes.found;
    }

    private void look(String path, List<CallerKeyConfig> keys) {
        for (int i = 0; i < keys.size(); i++) {
            look(path + "[" + i + "]", keys.get(i));
        }
    }

    private void look(String path, CallerKeyConfig key) {
        if (key.value().isPresent() == key.sha256().isPresent()) {
            found.put(path, "key '" + key.id() + "' is not clear (expected: exactly one of value, sha256)");
            return;
        }
        Optional<String> hex = key.sha256().map(String::trim).filter(it -> !it.isEmpty());
        if (hex.isPresent() && !hex.get().matches("[0-9a-fA-F]{64}")) {
            found.put(path + ".sha256", "key '" + key.id() + "' is no digest (expected: 64 hex digits)");
            return;
        }
        Digest.declared(key).ifPresent(digest -> once(path, digest));
    }

    private void once(String path, Digest digest) {
        String other = pathByDigest.putIfAbsent(HexFormat.of().formatHex(digest.bytes()), path);
        if (other != null) {
            found.put(path, "the key is declared at " + other + " too (expected: one caller for a key)");
        }
    }
}
