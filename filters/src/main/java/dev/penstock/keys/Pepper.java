package dev.penstock.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes of a secret what is stored of it: its HMAC-SHA-256 by a secret that is not stored beside it, or its SHA-256 where there is
 * none. Issued secrets have 256 random bits, so neither needs to be slow. Thread-safe.
 */
public final class Pepper {

    private static final String HMAC = "HmacSHA256";

    private final Optional<SecretKeySpec> secret;

    private Pepper(Optional<SecretKeySpec> secret) {
        this.secret = secret;
    }

    public static Pepper of(byte[] secret) {
        return new Pepper(Optional.of(new SecretKeySpec(secret, HMAC)));
    }

    public static Pepper none() {
        return new Pepper(Optional.empty());
    }

    /** What is stored, in hex, behind the name of how it was made. */
    public String digest(String key) {
        return secret.map(it -> hmac(it, key)).orElseGet(() -> plain(key));
    }

    /** All that may be stored of this secret: one that was issued before there was a pepper stays known. */
    List<String> candidates(String key) {
        return secret.map(it -> List.of(hmac(it, key), plain(key))).orElseGet(() -> List.of(plain(key)));
    }

    /** Whether {@code stored} is a digest of this secret; takes the same time for every wrong one. */
    public boolean isOf(String stored, String key) {
        boolean found = false;
        for (String candidate : candidates(key)) {
            found |= MessageDigest.isEqual(
                    candidate.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
        }
        return found;
    }

    private static String plain(String key) {
        return "sha256:" + HexFormat.of().formatHex(Digest.of(key).bytes());
    }

    private static String hmac(SecretKeySpec secret, String key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return "hmac:" + HexFormat.of().formatHex(mac.doFinal(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
