package dev.penstock.journal.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An Ed25519 key that signs notes. Thread-safe. */
public final class SigningKey {

    private static final int KEY_BYTES = 32;

    private final PrivateKey secret;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey secret, VerifierKey verifier) {
        this.secret = secret;
        this.verifier = verifier;
    }

    /** A new one as a line of text: PKCS 8 and the public half, in base64. */
    public static String draw() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] shown = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(pair.getPrivate().getEncoded()) + " " + base64.encodeToString(shown);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
        }
    }

    /**
     * Reads what {@link #draw} gave.
     *
     * @throws IllegalArgumentException when it is no key
     */
    public static SigningKey of(String name, String line) {
        try {
            String[] parts = line.strip().split(" ");
            byte[] pkcs8 = Base64.getDecoder().decode(parts[0]);
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new SigningKey(
                    secret, VerifierKey.of(name, Base64.getDecoder().decode(parts[1])));
        } catch (GeneralSecurityException | RuntimeException noKey) {
            throw new IllegalArgumentException("no signing key (expected: what the first start wrote)");
        }
    }

    /** The same, of a journal whose checkpoints these have signed until now. */
    public SigningKey after(VerifierKey those) {
        return new SigningKey(secret, verifier.after(those));
    }

    public VerifierKey verifier() {
        return verifier;
    }

    public Note sign(Checkpoint checkpoint) {
        String text = checkpoint.text();
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            byte[] id = verifier.id();
            byte[] signature = ed25519.sign();
            byte[] both = Arrays.copyOf(id, id.length + signature.length);
            System.arraycopy(signature, 0, both, id.length, signature.length);
            String line =
                    Note.SIGNATURE + verifier.name() + " " + Base64.getEncoder().encodeToString(both);
            return new Note(text, List.of(line));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key that was read signs", impossible);
        }
    }
}
