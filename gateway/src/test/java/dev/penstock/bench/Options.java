package dev.penstock.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run does, from system properties {@code bench.…}; docs/performance.md lists them.
 *
 * @param only the parts that run
 * @param subjects what is put under load: {@code bare}, {@code plain}, {@code same}, {@code translated}
 * @param steps which sets the part {@code steps} measures beside the plain gateway
 * @param seconds of load in each measurement of the JSON part
 * @param warmup seconds of load before the first measurement of a subject
 * @param flags of every JVM that is measured
 * @param penstockFlags further ones of Penstock's, for a profiler
 * @param jar Penstock's runnable jar
 * @param against another one, such as that of the commit before, measured in the same rounds
 */
record Options(
        List<String> only,
        List<String> subjects,
        List<StepSet> steps,
        int rounds,
        int seconds,
        int warmup,
        int connections,
        int streams,
        int hangUps,
        int starts,
        List<String> flags,
        List<String> penstockFlags,
        Path jar,
        Optional<Path> against) {

    static final int CALM_RATE = 500;
    static final int EVENTS = 60;
    static final int PACE_MILLIS = 20;

    private static final String ALL_STEPS =
            Arrays.stream(StepSet.values()).map(StepSet::name).collect(Collectors.joining(","));

    static Options read() {
        return new Options(
                words("bench.only", "start,journal,render,steps,json,stream,hangup", ","),
                words("bench.subjects", "bare,plain,same,translated", ","),
                words("bench.steps", ALL_STEPS, ",").stream()
                        .map(StepSet::valueOf)
                        .toList(),
                number("bench.rounds", 3),
                number("bench.seconds", 4),
                number("bench.warmup", 16),
                number("bench.connections", 32),
                number("bench.streams", 150),
                number("bench.hangups", 200),
                number("bench.starts", 5),
                words("bench.flags", "-Xmx512m -Dreactor.netty.ioWorkerCount=1", " "),
                words("bench.penstock.flags", "", " "),
                Path.of(text("bench.jar", "target/penstock.jar")),
                Optional.of(text("bench.against", ""))
                        .filter(jar -> !jar.isEmpty())
                        .map(Path::of));
    }

    boolean has(String part) {
        return only.contains(part);
    }

    /** An empty property, as Maven passes it on when it is not given, is no property. */
    private static String text(String name, String otherwise) {
        String given = System.getProperty(name, "").trim();
        return given.isEmpty() ? otherwise : given;
    }

    private static int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    private static List<String> words(String name, String otherwise, String separator) {
        String given = text(name, otherwise);
        return given.isEmpty() ? List.of() : List.of(given.split(separator));
    }
}
