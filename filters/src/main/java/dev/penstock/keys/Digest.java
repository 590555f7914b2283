package dev.penstock.keys;

import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The SHA-256 of a key. Keys are random, so a fast digest without salt is enough. */
record Digest(byte[] bytes) {

    /** To have one made costs more than to use it; it is as new after each use. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

    static Digest of(String key) {
        return new Digest(SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of a key in routes.yml; empty when its value is, which means that there is no such key. */
    static Optional<Digest> declared(CallerKeyConfig key) {
        Optional<String> value = key.value().map(String::trim).filter(it -> !it.isEmpty());
        if (value.isPresent()) {
            return value.map(Digest::of);
        }
        return key.sha256()
                .map(String::trim)
                .filter(it -> !it.isEmpty())
                .map(hex -> new Digest(HexFormat.of().parseHex(hex)));
    }

    /** Enough of it to find an entry by; says nothing about the rest. */
    long prefix() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
