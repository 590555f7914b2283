package dev.penstock.journal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The root is RFC 6962's, however the tree came to be. */
class MerkleTreeTests {

    private static final HexFormat HEX = HexFormat.of();

    /** The seven roots of the RFC's authors' own test vectors (certificate-transparency, merkletree tests). */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheRfc() {
        assertThat(HEX.formatHex(MerkleTree.EMPTY.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        MerkleTree tree = MerkleTree.EMPTY;
        for (int i = 0; i < LEAVES.size(); i++) {
            tree = tree.plus(0, MerkleTree.leaf(HEX.parseHex(LEAVES.get(i))));
            assertThat(HEX.formatHex(tree.root())).as("%d leaves", i + 1).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void theRootIsThatOfTheWholeDefinitionAtEverySize() {
        long seed = System.nanoTime();
        System.out.println("MerkleTreeTests seed " + seed);
        List<String> hashes = hashes(new Random(seed), 300);
        MerkleTree tree = MerkleTree.EMPTY;
        for (int size = 1; size <= hashes.size(); size++) {
            tree = tree.plus(hashes.get(size - 1));
            assertThat(tree.root()).as("seed %d, size %d", seed, size).isEqualTo(defined(hashes.subList(0, size)));
            MerkleTree again = MerkleTree.of(size, tree.text());
            assertThat(again.root()).isEqualTo(tree.root());
        }
    }

    @Test
    void aStretchOfLeavesGrowsTheTreeAsItsLeavesWould() {
        long seed = System.nanoTime();
        System.out.println("MerkleTreeTests seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            List<String> hashes = hashes(random, 1 + random.nextInt(400));
            int from = random.nextInt(hashes.size() + 1);
            MerkleTree before = MerkleTree.EMPTY;
            for (String hash : hashes.subList(0, from)) {
                before = before.plus(hash);
            }
            Span span = new Span(from);
            hashes.subList(from, hashes.size()).forEach(span::add);
            MerkleTree after = before;
            for (Span.Subtree part : span.parts()) {
                after = after.plus(part.level(), part.root());
            }
            assertThat(after.size()).isEqualTo(hashes.size()).isEqualTo(span.end());
            assertThat(after.root()).as("seed %d, run %d", seed, i).isEqualTo(defined(hashes));
            assertThat(span.parts()).hasSizeLessThanOrEqualTo(18);
        }
    }

    @Test
    void whatIsLostHasPlacesOfItsOwn() {
        String zeros = "00".repeat(32);
        MerkleTree one =
                MerkleTree.EMPTY.plus(zeros).plus(zeros).plus(zeros).plus(zeros).plus(zeros);
        assertThat(MerkleTree.EMPTY.upTo(5).root()).isEqualTo(one.root());
        assertThat(MerkleTree.EMPTY.plus(zeros).upTo(5).root()).isEqualTo(one.root());
        assertThat(one.upTo(1_000_000_000_000L).size()).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void aTreeDoesNotBeginAnewBehindTheLargestNumberOfLeaves() {
        byte[] root = new byte[32];
        MerkleTree large = MerkleTree.EMPTY.plus(62, root);
        assertThatThrownBy(() -> large.plus(62, root)).isInstanceOf(IllegalArgumentException.class);
        for (int level : new int[] {-1, 63, 64}) {
            assertThatThrownBy(() -> MerkleTree.EMPTY.plus(level, root)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> MerkleTree.EMPTY.plus(0, new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubtreeBeginsOnlyWhereOneMay() {
        assertThatThrownBy(() -> MerkleTree.EMPTY.upTo(2).plus(2, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> MerkleTree.of(3, List.of("AAAA"))).isInstanceOf(IllegalArgumentException.class);
    }

    /** MTH of RFC 6962, section 2.1, word by word. */
    private static byte[] defined(List<String> hashes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (hashes.size() == 1) {
                digest.update((byte) 0);
                return digest.digest(HEX.parseHex(hashes.get(0)));
            }
            int k = Integer.highestOneBit(hashes.size() - 1);
            byte[] left = defined(hashes.subList(0, k));
            byte[] right = defined(hashes.subList(k, hashes.size()));
            digest.update((byte) 1);
            digest.update(left);
            return digest.digest(right);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<String> hashes(Random random, int count) {
        List<String> hashes = new ArrayList<>();
        byte[] hash = new byte[32];
        for (int i = 0; i < count; i++) {
            random.nextBytes(hash);
            hashes.add(HEX.formatHex(Arrays.copyOf(hash, hash.length)));
        }
        return hashes;
    }
}
