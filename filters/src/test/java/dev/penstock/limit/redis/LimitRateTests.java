package dev.penstock.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.store.RealRedis;
import dev.penstock.testing.Full;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three JVMs on one Redis and one hot limit, each as fast as it can: a window that refused anyone has admitted its limit. */
class LimitRateTests {

    /** In full the rate counts, too; beside other work only what is admitted does. */
    private static final long SECONDS = Long.getLong("penstock.full.limitseconds", 4);

    private final TreeMap<Long, Long> windows = new TreeMap<>();
    private final Set<Long> full = new TreeSet<>();
    private final List<Long> micros = new ArrayList<>();
    private long calls;

    @Test
    @Full(line = "6.4", count = "penstock.full.limitseconds")
    void eachWindowAdmitsExactlyItsLimitAndACallIsShort() throws IOException {
        try (RealRedis redis = new RealRedis()) {
            redis.start();
            List<Process> gateways = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                gateways.add(jvm(redis.port(), "g" + i));
            }
            for (Process gateway : gateways) {
                read(gateway);
            }
        }
        micros.sort(null);
        long p99 = micros.get(micros.size() * 99 / 100);
        System.out.printf(
                "LimitRateTests: %d calls/s of three JVMs, p50 %d us, p99 %d us, admitted by second %s%n",
                calls / SECONDS, micros.get(micros.size() / 2), p99, windows);
        if (Long.getLong("penstock.full.limitseconds") != null) {
            assertThat(calls / SECONDS).as("calls per second").isGreaterThanOrEqualTo(5_000);
            assertThat(p99).as("p99 in microseconds").isLessThan(50_000);
        }
        assertThat(full).hasSizeGreaterThan(2);
        assertThat(full).allSatisfy(window -> assertThat(windows.get(window)).isEqualTo(LimitLoad.RULE.limit()));
        assertThat(windows.values()).allMatch(admitted -> admitted <= LimitLoad.RULE.limit());
    }

    private static Process jvm(int port, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitLoad.class.getName(),
                        Integer.toString(port),
                        name,
                        Long.toString(SECONDS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void read(Process gateway) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "window" -> windows.merge(Long.parseLong(words[1]), Long.parseLong(words[2]), Long::sum);
                    case "full" -> full.add(Long.parseLong(words[1]));
                    case "calls" -> calls += Long.parseLong(words[1]);
                    case "micros" ->
                        Stream.of(words).skip(1).map(Long::parseLong).forEach(micros::add);
                    case "away" -> throw new AssertionError("Redis did not answer in time (expected: it did)");
                    default -> System.out.println(line);
                }
            }
        }
    }
}
