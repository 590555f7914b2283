package dev.penstock.routes.file;

import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a configuration: comments and layout do not count, resolved values and order do. Callers see it, so of a secret it
 * holds only whether there is one: nothing can be guessed against it.
 */
public final class Fingerprint {

    private static final int BYTES = 6;

    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    /** Twelve hex digits. */
    public static String of(Tree tree) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            fingerprint.add(tree);
            return HexFormat.of().formatHex(fingerprint.digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void add(Tree tree) {
        if (tree instanceof Scalar scalar) {
            add('s', Shown.secret(scalar) ? String.valueOf(scalar.text().isEmpty()) : scalar.text());
        } else if (tree instanceof Items list) {
            add('l', String.valueOf(list.items().size()));
            list.items().forEach(this::add);
        } else if (tree instanceof Entries mapping) {
            add('m', String.valueOf(mapping.entries().size()));
            mapping.entries().forEach((key, entry) -> {
                add('k', key);
                add(entry.value());
            });
        } else {
            add('n', "");
        }
    }

    // the length keeps apart what concatenation would run together
    private void add(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(5).put((byte) kind).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
