package dev.penstock.audit.trail;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.checkpoint.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files {@code checkpoint-key} and {@code checkpoint-key.pub}. Where the first was lost or taken away, another is drawn; the second
 * then names both, newest first: what was signed until now is not forged. Whoever writes the disk can add one there, too.
 */
final class CheckpointKey {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");
    private static final String NAME = "checkpoint-key";
    private static final String PUBLIC = NAME + ".pub";

    private CheckpointKey() {}

    static SigningKey of(DataDirectory data, String origin) {
        SigningKey drawn = SigningKey.of(origin, data.line(NAME, SigningKey::draw));
        Path file = data.path().resolve(PUBLIC);
        SigningKey key = drawn;
        try {
            String text = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
            Optional<VerifierKey> known = VerifierKey.readable(text, origin);
            key = known.map(drawn::after).orElse(drawn);
            String newest = key.verifier().text();
            if (known.filter(it -> !it.text().equals(newest)).isPresent()) {
                LOG.warn("{} is another key than before: checkpoints are signed with {} from now on", NAME, newest);
            }
            tellOlder(key.verifier());
            String lines = key.verifier().lines() + "\n";
            if (!lines.equals(text)) {
                DataDirectory.replace(file, lines.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            LOG.warn(
                    "{} cannot be used ({}): keep elsewhere what should stand there, {}",
                    PUBLIC,
                    failure.getClass().getSimpleName(),
                    key.verifier().lines());
        }
        return key;
    }

    private static void tellOlder(VerifierKey key) {
        String older = key.lines().substring(key.text().length()).strip().replace("\n", ", ");
        if (!older.isEmpty()) {
            LOG.warn("{} has older keys, which count, too: {} (expected: only what {} was)", PUBLIC, older, NAME);
        }
    }
}
