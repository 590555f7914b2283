package dev.penstock.gateway;

import java.util.random.RandomGenerator;
import org.springframework.core.env.Environment;

/** This process among several: {@code penstock.instance}, else eight random hex digits. */
record Instance(String id) {

    static Instance of(Environment environment, RandomGenerator random) {
        String given = environment.getProperty("penstock.instance", "").trim();
        return new Instance(given.isEmpty() ? String.format("%08x", random.nextInt()) : given);
    }
}
