package dev.penstock.gateway;

import dev.penstock.journal.DataDirectory;
import org.springframework.core.env.Environment;

/** This instance among several: {@code penstock.instance}, else the name that was drawn once into its data directory. */
record Instance(String id) {

    static Instance of(Environment environment, DataDirectory data) {
        String given = environment.getProperty("penstock.instance", "").trim();
        return new Instance(given.isEmpty() ? data.instanceId() : given);
    }
}
