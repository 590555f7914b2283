package dev.penstock.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One upstream secret under the id that routes.yml, or an administrator, gives it. */
public record Credential(String id, String secret) {

    private static final int SHOWN = 12;

    /** Tells two secrets apart and says nothing about either: 12 hex digits of its SHA-256. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Names this secret under this id, as instances tell each other of it. */
    public String label() {
        return id + "@" + fingerprint();
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Credential[id=" + id + "]";
    }
}
