package dev.penstock.journal.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The end of a chain: the last record's number and hash. The hash of a record is SHA-256 over the hash before it (32 bytes) and
 * its payload; before the first record it is 32 zeros.
 *
 * @param hash in hex
 */
public record Chain(String name, long seq, String hash) {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ZEROS = "0".repeat(64);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Chain::sha256);

    public static Chain begin(String name) {
        return new Chain(name, 0, ZEROS);
    }

    /** What comes before the next record's own members. */
    public byte[] links() {
        return ("{\"chain\":\"" + name + "\",\"seq\":" + (seq + 1) + ",\"prev\":\"" + hash + '"')
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** After the next record. */
    public Chain after(byte[] bytes, int at, int length) {
        return new Chain(name, seq + 1, hash(hash, bytes, at, length));
    }

    static String hash(String before, byte[] bytes, int at, int length) {
        MessageDigest digest = SHA_256.get();
        digest.update(HEX.parseHex(before));
        digest.update(bytes, at, length);
        return HEX.formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
