package dev.penstock.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests for {@link Sticky}. */
class StickyTests {

    private static final int CALLERS = 100_000;
    private static final int GROUPS = 1024;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void armsMatchTheirWeights() {
        System.out.println("StickyTests: callers are drawn by seed " + seed);
        List<Integer> weights = List.of(1, 3, 6);
        long[] got = new long[3];
        for (int i = 0; i < CALLERS; i++) {
            got[draw("tone", caller(i)).among(weights)]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < 3; i++) {
            double expected = CALLERS * weights.get(i) / 10.0;
            chiSquare += (got[i] - expected) * (got[i] - expected) / expected;
        }
        // 2 degrees of freedom, one in a million
        assertThat(chiSquare).as("seed %d", seed).isLessThan(27.6);
    }

    @Test
    void experimentsAreIndependentOfEachOtherAndOfTheGroups() {
        System.out.println("StickyTests: callers are drawn by seed " + seed);
        int bothHigh = 0;
        int highInEvenGroup = 0;
        for (int i = 0; i < CALLERS; i++) {
            String caller = caller(i);
            boolean high = draw("tone", caller).share() >= 0.5;
            bothHigh += high && draw("length", caller).share() >= 0.5 ? 1 : 0;
            highInEvenGroup += high && draw("tone", caller).group() % 2 == 0 ? 1 : 0;
        }
        // five standard deviations of a count of one in four
        double most = 5 * Math.sqrt(CALLERS * 0.25 * 0.75);
        assertThat(Math.abs(bothHigh - CALLERS / 4)).as("seed %d", seed).isLessThan((int) most);
        assertThat(Math.abs(highInEvenGroup - CALLERS / 4)).as("seed %d", seed).isLessThan((int) most);
    }

    /** Written down once: another version, or another machine, must come to the same. */
    @Test
    void theSameCallerStandsWhereItAlwaysStood() {
        assertThat(draw("tone", "demo")).isEqualTo(new Sticky(0.619931734300542, 727));
    }

    @Test
    void nobodyLeavesAGrowingShare() {
        for (int i = 0; i < 1_000; i++) {
            Sticky sticky = draw("rollout", caller(i));
            for (int percent = 0; percent < 100; percent++) {
                assertThat(!sticky.within(percent) || sticky.within(percent + 1))
                        .isTrue();
            }
            assertThat(sticky.within(0)).isFalse();
            assertThat(sticky.within(100)).isTrue();
        }
    }

    @Test
    void aNameAndAKeyCannotBeMistakenForAnother() {
        assertThat(draw("tone", "ab")).isNotEqualTo(draw("tonea", "b"));
    }

    private String caller(int number) {
        return "service-" + number % 10 + "\0" + Long.toHexString(random.nextLong());
    }

    private static Sticky draw(String name, String key) {
        return Sticky.of(name, key, GROUPS);
    }
}
