package dev.penstock.journal.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public half of a key, written as {@code name+id+base64}: id is eight hex digits, the base64 holds the algorithm (1, Ed25519)
 * and 32 bytes. Where a journal has had other keys before, this knows them, and what those have signed is signed.
 */
public final class VerifierKey {

    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte ED25519 = 1;
    private static final int ID_BYTES = 4;
    private static final String MARK = "\uFEFF";

    private final String name;
    private final byte[] id;
    private final byte[] bytes;
    private final List<VerifierKey> before;

    private VerifierKey(String name, byte[] bytes, List<VerifierKey> before) {
        this.name = name;
        this.bytes = bytes;
        this.id = id(name, bytes);
        this.before = before;
    }

    /** {@code bytes} are the 32 of the key. */
    static VerifierKey of(String name, byte[] bytes) {
        return new VerifierKey(name, bytes, List.of());
    }

    /** The same, for a journal that had these until now. This may be among them; those of other journals are left out. */
    VerifierKey after(VerifierKey those) {
        List<VerifierKey> others = those.each().stream()
                .filter(key -> key.name.equals(name) && !key.text().equals(text()))
                .toList();
        return new VerifierKey(name, bytes, others);
    }

    /** This and those before it, each without the others. */
    public List<VerifierKey> each() {
        List<VerifierKey> each = new ArrayList<>();
        each.add(of(name, bytes));
        each.addAll(before);
        return each;
    }

    /** Those of one journal, where a file holds the keys of many. */
    public Optional<VerifierKey> named(String origin) {
        List<VerifierKey> named =
                each().stream().filter(key -> key.name.equals(origin)).toList();
        return named.isEmpty() ? Optional.empty() : Optional.of(chained(named));
    }

    private static VerifierKey chained(List<VerifierKey> newestFirst) {
        VerifierKey newest = newestFirst.get(0);
        return new VerifierKey(newest.name, newest.bytes, newestFirst.subList(1, newestFirst.size()));
    }

    /**
     * Reads {@link #text}, or {@link #lines}, which here may be of several journals.
     *
     * @throws IllegalArgumentException when it is no such key
     */
    public static VerifierKey parse(String text) {
        return chained(Arrays.stream(words(text)).map(VerifierKey::one).toList());
    }

    /** Some editors put a mark before all, which is none of the key's. */
    private static String[] words(String file) {
        return (file.startsWith(MARK) ? file.substring(MARK.length()) : file)
                .strip()
                .split("\\s+");
    }

    /** What a file has of keys of one journal, whatever else stands in it. */
    public static Optional<VerifierKey> readable(String file, String origin) {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : words(file)) {
            try {
                keys.add(one(line));
            } catch (IllegalArgumentException noKey) {
                // somebody edited the file, or a disk tore it: the other lines are keys all the same
            }
        }
        return keys.isEmpty() ? Optional.empty() : chained(keys).named(origin);
    }

    /** The name is shown to people: it is none with which a terminal could be told to show another. */
    private static VerifierKey one(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length == 3 && parts[0].matches("[A-Za-z0-9._/-]+") && parts[1].matches("[0-9a-f]{8}")) {
            byte[] key = Base64.getDecoder().decode(parts[2]);
            if (key.length == 33 && key[0] == ED25519) {
                VerifierKey read = of(parts[0], Arrays.copyOfRange(key, 1, key.length));
                if (HexFormat.of().formatHex(read.id).equals(parts[1])) {
                    return read;
                }
            }
        }
        throw new IllegalArgumentException(
                "no public key (expected: NAME+8 hex digits+base64, as 'checkpoint-key.pub' has)");
    }

    public String name() {
        return name;
    }

    public String text() {
        return name + "+" + HexFormat.of().formatHex(id) + "+"
                + Base64.getEncoder().encodeToString(typed(bytes));
    }

    /** This and those before it, a line each. */
    public String lines() {
        return each().stream().map(VerifierKey::text).collect(Collectors.joining("\n"));
    }

    /** Whether one of the note's signatures is by this key, or one before it. A checkpoint's is only by a key of its own journal. */
    public boolean signed(Note note) {
        return signedItself(note) || before.stream().anyMatch(key -> key.signedItself(note));
    }

    /** Whether one of its signatures says that it is by one of these, be it so or not. */
    boolean named(Note note) {
        return each().stream().anyMatch(key -> key.own(note).findAny().isPresent());
    }

    private boolean signedItself(Note note) {
        boolean ours = note.checkpoint().map(it -> it.origin().equals(name)).orElse(true);
        return ours && own(note).anyMatch(signature -> isBy(signature, note.text()));
    }

    /** Signatures with this one's name and id. */
    private Stream<byte[]> own(Note note) {
        String by = Note.SIGNATURE + name + " ";
        return note.signatures().stream()
                .filter(line -> line.startsWith(by))
                .map(line -> decoded(line.substring(by.length())))
                .filter(it -> it.length > ID_BYTES && Arrays.equals(it, 0, ID_BYTES, id, 0, ID_BYTES));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException noSignature) {
            return new byte[0];
        }
    }

    private boolean isBy(byte[] signature, String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key());
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.verify(signature, ID_BYTES, signature.length - ID_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    private PublicKey key() throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509, X509.length + bytes.length);
        System.arraycopy(bytes, 0, encoded, X509.length, bytes.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    byte[] id() {
        return id.clone();
    }

    private static byte[] id(String name, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(typed(key)), ID_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] typed(byte[] key) {
        byte[] typed = new byte[key.length + 1];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }
}
