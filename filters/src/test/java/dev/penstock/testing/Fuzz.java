package dev.penstock.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Feeds a parser with committed seeds and with mutations of them, drawn by a seed that is printed. It may refuse with what it
 * declares and must do nothing else: no other exception, and no more memory, and so no more work, than its input deserves.
 * {@code -Dpenstock.fuzz.seed=N} repeats a run.
 */
public final class Fuzz {

    private static final Path CORPUS =
            Path.of(System.getProperty("penstock.root", ".."), "filters", "src", "test", "resources", "fuzz");
    private static final int TIMES = Integer.getInteger("penstock.full.fuzz", 1);
    private static final long SEED = Long.getLong("penstock.fuzz.seed", TIMES == 1 ? 1 : System.nanoTime());

    /** What breaks parsers: brackets, escapes, ends of numbers and of lines, halves of UTF-8. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            ":",
            ",",
            "null",
            "true",
            "-",
            "1e999",
            "1e-999",
            "0.1",
            "9223372036854775808",
            "[[[[[[[[[[[[[[[[",
            "\n",
            "\r",
            "\r\n\r\n",
            "data: ",
            "event: error\n",
            "\0",
            "\u00e9",
            "\ud83d\ude00",
            "\u2028",
            "${",
            "}}",
            "&a ",
            "*a",
            "!!java",
            "<<: ",
            "- ",
            "\t",
            ".",
            "=",
            "eyJ");

    /**
     * Jackson keeps the names of members that it has read, some thousands at most; where there are many, as after a long run, the first new name of a
     * document costs a copy of them all. In bytes.
     */
    private static final long NAMES = TIMES == 1 ? 0 : 2_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String corpus;
    private final Class<?>[] refusals;
    private long fixed = 1_000_000;
    private long each = 2_000;

    private Fuzz(String corpus, Class<?>... refusals) {
        this.corpus = corpus;
        this.refusals = refusals;
    }

    /** What is tried with an input. */
    @FunctionalInterface
    public interface Target {

        void with(byte[] input) throws Exception;
    }

    /**
     * @param corpus a folder of seeds in the tests' resources
     * @param refusals what the parser may throw
     */
    public static Fuzz of(String corpus, Class<?>... refusals) {
        return new Fuzz(corpus, refusals);
    }

    /** Bytes that one input may have allocated: so many, and so many for each of its own. */
    public Fuzz within(long allFor, long eachByte) {
        fixed = allFor;
        each = eachByte;
        return this;
    }

    /** @param count of mutations; with {@code -Pfull} so many times more */
    public void run(int count, Target target) {
        List<byte[]> seeds = seeds();
        for (int i = 0; i < 2; i++) {
            boolean warm = i > 0;
            seeds.forEach(seed -> one(seed, target, "a seed itself", warm));
        }
        Random random = new Random(SEED);
        System.out.printf("| fuzz | %s | seed %d | %d inputs |%n", corpus, SEED, count * TIMES);
        for (int i = 0; i < count * TIMES; i++) {
            one(mutated(seeds, random), target, "seed " + SEED + ", input " + i, true);
        }
    }

    /** @param warm whether classes are loaded by now, so that memory is the input's own */
    private void one(byte[] input, Target target, String which, boolean warm) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.with(input);
        } catch (Exception | Error thrown) {
            if (Stream.of(refusals).noneMatch(refusal -> refusal.isInstance(thrown))) {
                throw new AssertionError(shown(input, which) + " was not refused but broke it", thrown);
            }
        }
        long used = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (warm && used > fixed + NAMES + each * input.length) {
            throw new AssertionError(shown(input, which) + " took " + used + " bytes of memory");
        }
    }

    private String shown(byte[] input, String which) {
        byte[] head = Arrays.copyOf(input, Math.min(input.length, 4_000));
        return corpus + ", " + which + ", " + input.length + " bytes: "
                + HexFormat.of().formatHex(head) + " [" + new String(head, StandardCharsets.UTF_8) + "]";
    }

    private List<byte[]> seeds() {
        try (Stream<Path> files = Files.list(CORPUS.resolve(corpus))) {
            return files.sorted().map(Fuzz::bytes).toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static byte[] mutated(List<byte[]> seeds, Random random) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            input = changed(input, seeds, random);
        }
        return input;
    }

    private static byte[] changed(byte[] input, List<byte[]> seeds, Random random) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(1 + random.nextInt(64)));
        return switch (random.nextInt(7)) {
            case 0 -> spliced(input, at, to, new byte[0]);
            case 1 -> spliced(input, at, at, Arrays.copyOfRange(input, at, to));
            case 2 -> spliced(input, at, Math.min(input.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 3 -> flipped(input, random);
            case 4 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                yield spliced(input, at, to, Arrays.copyOfRange(other, from, Math.min(other.length, from + 200)));
            }
            case 5 -> Arrays.copyOf(input, at);
            default ->
                spliced(
                        input,
                        at,
                        to,
                        PIECES.get(random.nextInt(PIECES.size()))
                                .repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 2))
                                .getBytes(StandardCharsets.UTF_8));
        };
    }

    private static byte[] flipped(byte[] input, Random random) {
        byte[] next = input.clone();
        if (next.length > 0) {
            next[random.nextInt(next.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return next;
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] instead) {
        byte[] next = new byte[input.length - (to - from) + instead.length];
        System.arraycopy(input, 0, next, 0, from);
        System.arraycopy(instead, 0, next, from, instead.length);
        System.arraycopy(input, to, next, from + instead.length, input.length - to);
        return next;
    }
}
