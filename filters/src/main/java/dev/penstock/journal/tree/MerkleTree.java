package dev.penstock.journal.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A tree of so many leaves, held as the roots of its perfect subtrees, largest first: as many as {@code size} has bits set.
 * Immutable. Leaf {@code i}, from 0, is record {@code i + 1}.
 */
public final class MerkleTree {

    public static final MerkleTree EMPTY = new MerkleTree(0, new byte[0][]);

    private static final HexFormat HEX = HexFormat.of();
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(MerkleTree::sha256);

    /** By level: subtrees of records that were lost, and whose loss was accepted. */
    private static final byte[][] HOLES = holes();

    private final long size;
    private final byte[][] roots;

    private MerkleTree(long size, byte[][] roots) {
        this.size = size;
        this.roots = roots;
    }

    /** With the record of this hash, in hex, as the next leaf. */
    public MerkleTree plus(String recordHash) {
        return plus(0, leaf(HEX.parseHex(recordHash)));
    }

    /** With places for records that are gone, up to this many leaves. */
    public MerkleTree upTo(long leaves) {
        MerkleTree tree = this;
        while (tree.size < leaves) {
            int level = 63 - Long.numberOfLeadingZeros(leaves - tree.size);
            int fits = Math.min(level, Long.numberOfTrailingZeros(tree.size));
            tree = tree.plus(fits, HOLES[fits]);
        }
        return tree;
    }

    /**
     * With a perfect subtree of {@code 2^level} leaves behind the rest.
     *
     * @throws IllegalArgumentException when no such subtree can begin here
     */
    public MerkleTree plus(int level, byte[] root) {
        if (level < 0 || level >= HOLES.length || size + (1L << level) <= size || root.length != HOLES[0].length) {
            throw new IllegalArgumentException("subtree of level " + level + " and " + root.length + " bytes behind "
                    + size + " leaves (expected: levels from 0 to " + (HOLES.length - 1)
                    + ", 32 bytes, a number of leaves)");
        }
        if ((size & ((1L << level) - 1)) != 0) {
            throw new IllegalArgumentException("subtree of level " + level + " behind " + size + " leaves (expected: a"
                    + " multiple of " + (1L << level) + ")");
        }
        byte[] last = root;
        int kept = roots.length;
        for (long bit = 1L << level; (size & bit) != 0; bit <<= 1) {
            last = node(roots[--kept], last);
        }
        byte[][] more = new byte[kept + 1][];
        System.arraycopy(roots, 0, more, 0, kept);
        more[kept] = last;
        return new MerkleTree(size + (1L << level), more);
    }

    public long size() {
        return size;
    }

    /** 32 bytes; the hash of nothing when there is no leaf. */
    public byte[] root() {
        if (roots.length == 0) {
            return SHA_256.get().digest();
        }
        byte[] root = roots[roots.length - 1];
        for (int i = roots.length - 2; i >= 0; i--) {
            root = node(roots[i], root);
        }
        return root;
    }

    /** The roots in base64, largest first. */
    public List<String> text() {
        List<String> text = new ArrayList<>(roots.length);
        for (byte[] root : roots) {
            text.add(Base64.getEncoder().encodeToString(root));
        }
        return text;
    }

    /**
     * What {@link #text} gave for a tree of this size.
     *
     * @throws IllegalArgumentException when it is no tree of this size
     */
    public static MerkleTree of(long size, List<String> text) {
        if (size < 0 || Long.bitCount(size) != text.size()) {
            throw new IllegalArgumentException(
                    text.size() + " hashes for a tree of " + size + " leaves (expected: " + Long.bitCount(size) + ")");
        }
        byte[][] roots = new byte[text.size()][];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Base64.getDecoder().decode(text.get(i));
        }
        return new MerkleTree(size, roots);
    }

    private static byte[][] holes() {
        byte[][] holes = new byte[Long.SIZE - 1][];
        holes[0] = leaf(new byte[32]);
        for (int level = 1; level < holes.length; level++) {
            holes[level] = node(holes[level - 1], holes[level - 1]);
        }
        return holes;
    }

    static byte[] leaf(byte[] content) {
        MessageDigest digest = SHA_256.get();
        digest.update((byte) 0);
        return digest.digest(content);
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = SHA_256.get();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
