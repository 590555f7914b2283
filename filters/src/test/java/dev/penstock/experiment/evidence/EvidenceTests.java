package dev.penstock.experiment.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Full;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Evidence}: simulated experiments, {@code -Pfull} for as many as docs/experiments.md says. */
class EvidenceTests {

    private static final int SIMULATIONS = Integer.getInteger("penstock.full.simulations", 500);
    private static final int LOOK_EVERY = 100;
    private static final int FULL = 10_000;

    /** Few simulations tell a share only roughly: four standard errors are forgiven them, and nothing to the full number. */
    private static final double MOST = SIMULATIONS >= FULL ? 0.05 : 0.05 + 4 * Math.sqrt(0.05 * 0.95 / SIMULATIONS);

    private final long seed = System.nanoTime();

    /** An experiment that never was: arms' rates of good answers, and how many scores each caller gives. */
    private record World(double[] rates, double[] weights, int callers, double spread) {

        static World of(double first, double second) {
            return new World(new double[] {first, second}, new double[] {1, 1}, Integer.MAX_VALUE, 0);
        }

        World weighing(double... weights) {
            return new World(rates, weights, callers, spread);
        }

        /** Callers who come again, and differ from each other in what they like by up to {@code spread}. */
        World crowd(int callers, double spread) {
            return new World(rates, weights, callers, spread);
        }
    }

    @ParameterizedTest
    @Full(line = "5.5", count = "penstock.full.simulations")
    @CsvSource({
        "0.5, 1, 1",
        "0.2, 1, 1",
        "0.05, 1, 1",
        "0.02, 1, 1",
        "0.8, 9, 1",
        "0.95, 19, 1",
        "0.05, 19, 1",
        "0.98, 99, 1",
        "0.99, 1, 1"
    })
    void equalArmsSeldomHaveAWinnerHoweverOftenLookedAt(double rate, double first, double second) {
        double won = share(World.of(rate, rate).weighing(first, second), 20_000);
        assertThat(won).as("seed %d", seed).isLessThanOrEqualTo(MOST);
    }

    @ParameterizedTest
    @Full(line = "5.5", count = "penstock.full.simulations")
    @CsvSource({"200, 0.4", "1000, 0.3", "5000, 0.5"})
    void callersWhoComeAgainMakeNoWinnerEither(int callers, double spread) {
        double won = share(World.of(0.5, 0.5).crowd(callers, spread), 20_000);
        assertThat(won).as("seed %d", seed).isLessThanOrEqualTo(MOST);
    }

    @Test
    @Full(line = "5.5", count = "penstock.full.simulations")
    void threeEqualArmsHaveNoMoreWinnersThanTwo() {
        World world = new World(new double[] {0.5, 0.5, 0.5}, new double[] {1, 1, 1}, Integer.MAX_VALUE, 0);
        assertThat(share(world, 20_000)).as("seed %d", seed).isLessThanOrEqualTo(MOST);
    }

    /** The rows of docs/experiments.md. */
    @ParameterizedTest
    @Full(line = "5.5", count = "penstock.full.simulations")
    @CsvSource({"0.5, 0.55, 6000", "0.8, 0.88, 1500", "0.2, 0.22, 28000"})
    void tenPerCentMoreAreFoundInFourOfFive(double rate, double better, int scores) {
        double found = share(World.of(rate, better), scores);
        assertThat(found).as("seed %d", seed).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    @Full(line = "5.5", count = "penstock.full.simulations")
    void theTrueDifferenceIsInsideTheIntervalAtAllTimes() {
        double missed = simulate(World.of(0.3, 0.36), 20_000, evidence -> {
            Comparison now = evidence.compare(1, 0);
            return evidence.speaks() && (now.low() > 0.06 || now.high() < 0.06);
        });
        assertThat(missed).as("seed %d", seed).isLessThanOrEqualTo(MOST);
    }

    @Test
    void fewCallersSayNothingHoweverManyTheirScores() {
        Evidence evidence = evidence(2);
        for (int i = 0; i < 100_000; i++) {
            evidence.arm(0).add(i % (Evidence.LEAST_GROUPS - 1), 0);
            evidence.arm(1).add(i % 1_000, Scores.ONE);
        }
        assertThat(evidence.winner()).isEmpty();
        evidence.arm(0).add(Scores.GROUPS - 1, 0);
        assertThat(evidence.winner()).hasValue(1);
    }

    /** The share of experiments in which the better arm, or any where all are equal, was named by then. */
    private double share(World world, int scores) {
        boolean equal = world.rates()[0] == world.rates()[1];
        return simulate(world, scores, evidence -> {
            OptionalInt winner = evidence.winner();
            return winner.isPresent() && (equal || winner.getAsInt() == 1);
        });
    }

    private interface Look {

        boolean at(Evidence evidence);
    }

    private double simulate(World world, int scores, Look look) {
        long yes = IntStream.range(0, SIMULATIONS)
                .parallel()
                .filter(run -> happens(world, scores, look, new SplittableRandom(seed + run)))
                .count();
        double share = (double) yes / SIMULATIONS;
        System.out.println("EvidenceTests: " + share + " of " + SIMULATIONS + " experiments by seed " + seed + ": "
                + Arrays.toString(world.rates()) + " weighing " + Arrays.toString(world.weights()));
        return share;
    }

    private static boolean happens(World world, int scores, Look look, SplittableRandom random) {
        Evidence evidence = evidence(world.rates().length);
        int salt = random.nextInt();
        for (int i = 1; i <= scores; i++) {
            int caller = world.callers() == Integer.MAX_VALUE ? i : random.nextInt(world.callers());
            SplittableRandom own = new SplittableRandom(caller * 0x9E3779B97F4A7C15L + salt);
            int arm = arm(world.weights(), own.nextDouble());
            double liking = world.spread() * (own.nextDouble() * 2 - 1);
            boolean good = random.nextDouble() < world.rates()[arm] + liking;
            evidence.arm(arm).add(own.nextInt(Scores.GROUPS), good ? Scores.ONE : 0);
            if (i % LOOK_EVERY == 0 && look.at(evidence)) {
                return true;
            }
        }
        return false;
    }

    private static int arm(double[] weights, double share) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double upTo = 0;
        for (int i = 0; i < weights.length; i++) {
            upTo += weights[i] / total;
            if (share < upTo) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private static Evidence evidence(int arms) {
        return new Evidence(Stream.generate(Scores::new).limit(arms).toList());
    }
}
