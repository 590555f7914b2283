package dev.penstock.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Where a caller stands in a draw that is never made: the SHA-256 of the draw's name and the caller's key. The same on every
 * instance and after every restart, evenly spread over callers, and of one draw independent of every other.
 *
 * @param share evenly spread over {@code [0, 1)}
 * @param group one of {@code 0..groups-1}, independent of {@code share}
 */
record Sticky(double share, int group) {

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Sticky::sha256);
    private static final double BITS_53 = 0x1p53;

    /** {@code key} is the caller's, as {@link StickyKey} makes it; {@code groups} is a power of two up to 65,536. */
    static Sticky of(String draw, String key, int groups) {
        // the length stands in front, so that no two pairs of words are one text
        byte[] words = (draw.length() + ":" + draw + key).getBytes(StandardCharsets.UTF_8);
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(words));
        double share = (digest.getLong() >>> 11) / BITS_53;
        return new Sticky(share, digest.getShort() & (groups - 1));
    }

    /** The position in {@code weights}, which are all positive, that this share falls into. */
    int among(List<Integer> weights) {
        long total = 0;
        for (int weight : weights) {
            total += weight;
        }
        double at = share * total;
        long upTo = 0;
        for (int i = 0; i < weights.size(); i++) {
            upTo += weights.get(i);
            if (at < upTo) {
                return i;
            }
        }
        throw new IllegalStateException("a share of " + share + " (expected: below 1)");
    }

    /** Whether it is among the first {@code percent}; who is stays so when they become more. */
    boolean within(double percent) {
        return share * 100 < percent;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
