package dev.penstock.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link SegmentFile}. */
class SegmentFileTests {

    /** Larger than a window, and no multiple of what is compared at once. */
    private static final int SIZE = (600 << 10) + 123;

    @TempDir
    Path temp;

    @Test
    void zerosBeginBehindTheLastByteThatIsNone() throws IOException {
        long seed = System.nanoTime();
        System.out.println("zerosBegin seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int last = random.nextBoolean() ? random.nextInt(SIZE) : Math.min(SIZE - 1, near(random));
            byte[] bytes = new byte[SIZE];
            bytes[last] = (byte) (1 + random.nextInt(255));
            bytes[random.nextInt(last + 1)] = 1;
            int from = random.nextInt(SIZE);
            Path file = Files.write(temp.resolve("segment"), bytes);
            try (SegmentFile segment = new SegmentFile(file)) {
                assertThat(segment.zerosFrom(from, SIZE))
                        .as("last %d, from %d", last, from)
                        .isEqualTo(Math.max(from, last + 1));
            }
        }
    }

    /** Beside a page's or a window's edge. */
    private static int near(Random random) {
        int edge = (random.nextBoolean() ? 4 << 10 : 256 << 10) * random.nextInt(3);
        return Math.max(0, edge + random.nextInt(5) - 2);
    }
}
