package dev.penstock.journal.tree;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A stretch of leaves, as the fewest perfect subtrees it falls into: added to the tree before it, they give the tree behind it.
 * Of a thousand leaves there are at most some twenty. Not thread-safe.
 */
public final class Span {

    private final long from;
    private final List<Subtree> parts = new ArrayList<>();
    private long size;

    /** Begins behind so many leaves. */
    public Span(long from) {
        this.from = from;
        this.size = from;
    }

    /**
     * A perfect subtree.
     *
     * @param level of {@code 2^level} leaves
     * @param root 32 bytes
     */
    public record Subtree(int level, byte[] root) {

        /** As it stands in files: level, a colon, base64. */
        public String text() {
            return level + ":" + Base64.getEncoder().encodeToString(root);
        }

        /** Reads {@link #text}; throws a {@link RuntimeException} when it is none. */
        public static Subtree of(String text) {
            int colon = text.indexOf(':');
            return new Subtree(
                    Integer.parseInt(text.substring(0, colon)),
                    Base64.getDecoder().decode(text.substring(colon + 1)));
        }
    }

    /** The next leaf is the record of this hash, in hex. */
    public void add(String recordHash) {
        int level = 0;
        byte[] root = MerkleTree.leaf(java.util.HexFormat.of().parseHex(recordHash));
        while (joins(level)) {
            root = MerkleTree.node(parts.remove(parts.size() - 1).root(), root);
            level++;
        }
        parts.add(new Subtree(level, root));
        size++;
    }

    /** Whether the part before and one of the same level, which ends with the next leaf, are the halves of one. */
    private boolean joins(int level) {
        if (parts.isEmpty() || parts.get(parts.size() - 1).level() != level) {
            return false;
        }
        long begin = size + 1 - (2L << level);
        return begin >= from && begin % (2L << level) == 0;
    }

    public List<Subtree> parts() {
        return List.copyOf(parts);
    }

    /** Leaves up to its end. */
    public long end() {
        return size;
    }
}
