package dev.penstock.audit.trail;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.checkpoint.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files {@code checkpoint-key} and {@code checkpoint-key.pub}. Where the first was lost or taken away, another is drawn; the second
 * then names both, newest first: what was signed until now is not forged.
 */
final class CheckpointKey {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");
    private static final String NAME = "checkpoint-key";
    private static final String PUBLIC = NAME + ".pub";

    private CheckpointKey() {}

    static SigningKey of(DataDirectory data, String origin) {
        SigningKey drawn = SigningKey.of(origin, data.line(NAME, SigningKey::draw));
        String known = data.line(PUBLIC, drawn.verifier()::text);
        SigningKey key = after(drawn, known);
        if (!key.verifier().lines().equals(known)) {
            LOG.warn(
                    "{} is another key than before: checkpoints are signed with {} from now on",
                    NAME,
                    key.verifier().text());
            tell(data, key.verifier().lines());
        }
        return key;
    }

    private static SigningKey after(SigningKey drawn, String known) {
        try {
            return drawn.after(VerifierKey.parse(known));
        } catch (IllegalArgumentException noKey) {
            return drawn;
        }
    }

    private static void tell(DataDirectory data, String lines) {
        try {
            DataDirectory.replace(data.path().resolve(PUBLIC), (lines + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
