package dev.penstock.gateway.admin;

import dev.penstock.journal.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.env.Environment;

/** The administrators' first token, whose role is admin: given in the environment, else drawn once into the data directory. */
public final class AdminToken {

    private static final String VARIABLE = "PENSTOCK_ADMIN_TOKEN";
    private static final int BYTES = 32;

    private final byte[] digest;
    private final String source;

    private AdminToken(String token, String source) {
        this.digest = sha256(token);
        this.source = source;
    }

    public static AdminToken of(Environment environment, DataDirectory data) {
        String given = environment.getProperty(VARIABLE, "").trim();
        return given.isEmpty()
                ? new AdminToken(
                        HexFormat.of().formatHex(data.secret("admin-token", BYTES)),
                        data.path().resolve("admin-token").toString())
                : new AdminToken(given, VARIABLE);
    }

    /** Where it is to be found; never the token. */
    public String source() {
        return source;
    }

    /** Takes the same time for every wrong one. */
    boolean is(String token) {
        return MessageDigest.isEqual(digest, sha256(token));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
