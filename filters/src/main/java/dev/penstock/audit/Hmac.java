package dev.penstock.audit;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with the instance's own key: equal texts have equal hashes here, and nowhere else. Thread-safe. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac ready;

    /** {@code key} is 32 random bytes. */
    Hmac(byte[] key) {
        try {
            ready = Mac.getInstance(ALGORITHM);
            ready.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    String of(byte[] bytes) {
        Running running = begin();
        running.add(bytes);
        return running.hex();
    }

    Running begin() {
        try {
            return new Running((Mac) ready.clone());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", impossible);
        }
    }

    /** A hash of what comes piece by piece. Not thread-safe. */
    static final class Running {

        private final Mac mac;

        private Running(Mac mac) {
            this.mac = mac;
        }

        void add(byte[] bytes) {
            mac.update(bytes);
        }

        /** Ends it. */
        String hex() {
            return HexFormat.of().formatHex(mac.doFinal());
        }
    }
}
