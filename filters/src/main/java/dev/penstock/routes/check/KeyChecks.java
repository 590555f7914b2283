package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.ProviderConfig;
import dev.penstock.upstream.ProviderConfig.Auth;
import dev.penstock.upstream.ProviderConfig.KeyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a provider's key pool. */
final class KeyChecks {

    /** What fits into a header; a line break that came along from a file or variable is found here, not at the provider. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]*");

    private static final String EXPECTED = " (expected: a readable file whose content is the key)";

    private final Problems problems;

    KeyChecks(Problems problems) {
        this.problems = problems;
    }

    void check(ProviderConfig provider, Tree at) {
        Optional<Tree> keys = at.find("keys");
        if (keys.isEmpty()) {
            return;
        }
        if (provider.auth() == Auth.NONE && !provider.keys().isEmpty()) {
            problems.add(keys.get(), "has no effect with auth: none (expected: one of the two)");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < provider.keys().size(); i++) {
            KeyConfig key = provider.keys().get(i);
            Tree entry = Lists.item(keys.get(), i);
            shape(key, entry);
            if (provider.usable() && key.value().isEmpty()) {
                key.file().filter(file -> !file.isBlank()).ifPresent(file -> content(file, entry.nearest("file")));
            }
            if (!ids.add(key.id())) {
                problems.add(entry.nearest("id"), "a key id used twice (expected: one of its own for each key)");
            }
        }
    }

    private void content(String file, Tree at) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.isEmpty() || !SECRET.matcher(secret).matches()) {
                problems.add(
                        at,
                        (secret.isEmpty() ? "an empty file" : "a file whose content no header can carry") + EXPECTED);
            }
        } catch (NoSuchFileException missing) {
            problems.add(at, "no such file" + EXPECTED);
        } catch (IOException | InvalidPathException unreadable) {
            problems.add(at, "a file that cannot be read" + EXPECTED);
        }
    }

    private void shape(KeyConfig key, Tree at) {
        if (key.value().isPresent() == key.file().isPresent()) {
            problems.add(
                    at,
                    "a key with " + (key.value().isPresent() ? "both" : "neither")
                            + " value and file (expected: exactly one of value, file)");
        }
        if (key.value().filter(it -> !SECRET.matcher(it).matches()).isPresent()) {
            problems.add(
                    at.nearest("value"), "a value that no header can carry (expected: printable ASCII without spaces)");
        }
        if (key.file().filter(String::isBlank).isPresent()) {
            problems.add(at.nearest("file"), "an empty path (expected: a file whose content is the key)");
        }
        if (key.id().isBlank()) {
            problems.add(at.nearest("id"), "an empty id (expected: a name that may be shown)");
        }
    }
}
