package dev.penstock.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Instants}: it reads and writes what the JDK does. */
class InstantsTests {

    private static final int ROUNDS = 50_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-27T11:58:26.123456789Z",
                "2026-11-27T11:58:26Z",
                "2026-11-27T11:58:26.1Z",
                "2026-11-27T11:58:26.Z",
                "2026-11-27T11:58:26.1234567890Z",
                "2026-11-27T11:58Z",
                "2026-11-27t11:58:26z",
                "2026-11-27T11:58:26+01:00",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+12026-11-27T11:58:26Z",
                "-0001-11-27T11:58:26Z",
                "2026-11-27T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-11-27T11:60:00Z",
                "٢٠٢٦-11-27T11:58:26Z",
                "Z",
                ""
            })
    void aTimeIsReadAsTheJdkReadsIt(String text) {
        assertThat(read(text)).isEqualTo(parsed(text));
    }

    @Test
    void randomTimesToo() {
        long seed = System.nanoTime();
        System.out.println("InstantsTests seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            long second = random.nextInt(20) == 0 ? random.nextLong() >> 20 : random.nextLong() >> 29;
            int nanos = (int) (random.nextInt(1_000_000_000) / Math.pow(10, random.nextInt(10)));
            String text = Instant.ofEpochSecond(second, nanos).toString();
            assertThat(read(text)).as(text).isEqualTo(parsed(text));
            assertThat(Instants.text(Instant.ofEpochSecond(second, nanos))).isEqualTo(text);
            StringBuilder other = new StringBuilder(text);
            other.setCharAt(random.nextInt(other.length()), "0123456789-:.TZ+ ".charAt(random.nextInt(17)));
            assertThat(read(other.toString())).as(other.toString()).isEqualTo(parsed(other.toString()));
        }
    }

    private static String read(String text) {
        try {
            return Instants.of(text).toString();
        } catch (DateTimeParseException none) {
            return "none";
        }
    }

    private static String parsed(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeParseException none) {
            return "none";
        }
    }
}
